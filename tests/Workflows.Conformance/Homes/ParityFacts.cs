using System.Globalization;
using System.Text;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// One script whose whole outcome is written down here, so that every home which passes has the same.
/// </summary>
public abstract class ParityFacts(HomeFactory factory) : HomeFacts(factory)
{
    private const string Expected = """
        order Completed "paid 70.00 after 3 reminders by ann"
          status "collecting"
        reminders Completed 3
        refused Failed The bank said no.
        ledger order/1 amount=100.00 by=book
        ledger order/2 amount=-30.00 by=book
        audit order/1 attempt=2 what=booked
        audit order/2 attempt=1 what=booked
        audit reminders/1 attempt=1 what=reminded
        audit reminders/2 attempt=1 what=reminded
        audit reminders/3 attempt=1 what=reminded
        mail order-paid to buyer@example.com: Paid
        mail reminders-1 to buyer@example.com: Reminder 1
        mail reminders-2 to buyer@example.com: Reminder 2
        mail reminders-3 to buyer@example.com: Reminder 3
        """;

    /// <summary>Row 98: retries, children, timers, events, generations, rows and mails in one story.</summary>
    [Fact]
    public virtual async Task C98_the_same_script_has_the_same_result_ledger_mails_and_audit_in_every_home()
    {
        var failures = new Mark();
        var order = await StartAsync(OrderStory(failures), "order");
        await failures.ReachedAsync();
        await RoundAsync();
        await Home.AdvanceAsync(TimeSpan.FromSeconds(5));
        for (var day = 0; day < 3; day++)
        {
            await AuditedAsync("reminders", day + 1);
            await RoundAsync();
            await Home.AdvanceAsync(TimeSpan.FromDays(1));
        }

        await EndAsync("reminders");
        await GiveAsync(order, "approved", "ann");
        await EndAsync(order);
        await StartAsync(
            Story(async (context, _) =>
            {
                await context.DoAsync(Step((_, _) => throw new InvalidOperationException("The bank said no.")));
                return null;
            }),
            "refused");
        await EndAsync("refused");

        Assert.Equal(Expected.ReplaceLineEndings("\n"), await OutcomeAsync());
    }

    private static ScriptCall OrderStory(Mark failures)
    {
        var book = Step(async (context, call) =>
        {
            var (number, amount) = (call.Read<string[]>()[0], call.Read<string[]>()[1]);
            await AuditAsync(context, number, "booked");
            await context.Tables.UpsertAsync(
                "ledger", new TableRow("order", number) { ["amount"] = amount, ["by"] = "book" });
            if (context.TaskId == 1 && failures.Count == 0)
            {
                failures.Hit();
                throw new TimeoutException("The bank does not answer.");
            }

            return null;
        });
        var remind = Step(async (context, call) =>
        {
            var number = call.Read<int>().ToString(CultureInfo.InvariantCulture);
            await AuditAsync(context, number, "reminded");
            await MailAsync(context, $"reminders-{number}", $"Reminder {number}");
            return null;
        });
        var pay = Step(async (context, _) =>
        {
            await MailAsync(context, "order-paid", "Paid");
            return null;
        });
        var reminders = Story(async (context, call) =>
        {
            var number = call.Read<int>();
            await context.DoAsync(remind.With(number));
            await context.CreateTimerAsync(TimeSpan.FromDays(1));
            if (number < 3)
            {
                context.ContinueAsNew(call.With(number + 1));
            }

            return number;
        });
        return Story(async (context, _) =>
        {
            context.SetCustomStatus("collecting");
            await context.DoAsync(book.With(new[] { "1", "100.00" }), new CallRetryPolicy(2, TimeSpan.FromSeconds(1)));
            var count = await context.RunSubAsync<int>(reminders.With(1), new SubOrchestrationCallOptions("reminders"));
            var by = await context.WaitForEventAsync<string>("approved");
            await context.DoAsync(book.With(new[] { "2", "-30.00" }));
            await context.DoAsync(pay);
            return $"paid 70.00 after {count} reminders by {by}";
        });
    }

    private static Task<string> AuditAsync(ActivityContext context, string number, string what) =>
        context.Tables.UpsertAsync(
        "audit", new TableRow(context.InstanceId, number) { ["what"] = what, ["attempt"] = context.Attempt });

    private static Task MailAsync(ActivityContext context, string id, string subject) => context.Mail.EnqueueAsync(
        new OutgoingMail(
            id, new MailParty("buyer@example.com", "Buyer"), subject, "text", "<p>text</p>", "note", "order"));

    private Task<TableRow?> AuditedAsync(string partition, int number) => Eventually.ValueAsync(
        () => Home.Tables.GetAsync("audit", partition, number.ToString(CultureInfo.InvariantCulture), Bound),
        row => row is not null,
        $"{partition} {number} in the audit");

    private async Task<string> OutcomeAsync()
    {
        var lines = new StringBuilder();
        foreach (var id in new[] { "order", "reminders", "refused" })
        {
            var state = await StateAsync(id);
            var result = state.Output ?? state.Failure?.Inner?.Message;
            lines.Append(CultureInfo.InvariantCulture, $"{id} {state.Status} {result}\n");
            lines.Append(state.CustomStatus is { } status ? $"  status {status}\n" : "");
        }

        foreach (var (table, partition) in new[] { ("ledger", "order"), ("audit", "order"), ("audit", "reminders") })
        {
            foreach (var row in (await Home.Tables.QueryAsync(table, TableQuery.Of(partition), Bound)).Items)
            {
                var values = row.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => $"{pair.Key}={pair.Value}");
                lines.Append(
                    CultureInfo.InvariantCulture, $"{table} {partition}/{row.RowKey} {string.Join(' ', values)}\n");
            }
        }

        var mails = (
            await Home.Mail.QueryAsync(new MailQuery { About = "order" }, Bound)).Items.Select(mail => mail.Mail);
        foreach (var mail in mails.OrderBy(mail => mail.Id, StringComparer.Ordinal))
        {
            lines.Append(CultureInfo.InvariantCulture, $"mail {mail.Id} to {mail.To.Address}: {mail.Subject}\n");
        }

        return lines.ToString().TrimEnd();
    }
}

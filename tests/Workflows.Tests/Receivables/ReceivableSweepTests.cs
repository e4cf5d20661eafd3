using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Sweeps;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

/// <summary>
/// Jonas owns every invoice, Lin is finance. The company works in Shanghai; scenarios start on a Monday.
/// </summary>
public class ReceivableSweepTests
{
    [Fact]
    public async Task A_collection_that_does_its_work_is_reported_to_nobody_from_the_first_day_to_the_last()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.BillAsync(Money.Of(10_000, "USD"), "TT30-70BL");

        for (var day = 0; day < 120; day++)
        {
            Assert.Equal(0, (await SweepAsync(given))?.Unattended ?? 0);
            await given.Scenario.AdvanceAsync(TimeSpan.FromDays(1));
        }

        Assert.NotEmpty(await given.RemindersAsync());
        Assert.Empty(await NoticesAsync(given));
        await given.PayAsync(id, 20_000, "BANK-1");
        Assert.Equal(2, (await NextDayAsync(given)).Looked);
    }

    [Fact]
    public async Task A_collection_that_was_ended_is_reported_to_its_owner_and_to_finance_the_next_day_and_once()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await SweepAsync(given);
        await given.Scenario.Client.TerminateAsync(id.Value, "by mistake", recursive: false, given.Bound);

        var next = await NextDayAsync(given);
        Assert.Null(await SweepAsync(given));
        var after = await NextDayAsync(given);

        Assert.Equal((1, 2), (next.Unattended, next.MailsSent));
        Assert.Equal((1, 0), (after.Unattended, after.MailsSent));
        var mails = await NoticesAsync(given);
        Assert.Equal(
            ["jonas", "lin"],
            mails.Select(mail => mail.Id[(mail.Id.LastIndexOf('|') + 1)..]).Order(StringComparer.Ordinal));
        Assert.All(mails, mail => Assert.Contains(
            "Somebody ended its automatic collection on Mon 1 Sep 2025, 10:00 (Asia/Shanghai): by mistake.",
            ((ReceivableEscalated)mail.Mail).Explanation,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collection_that_runs_again_and_ends_again_is_reported_again()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        var client = given.Scenario.Client;
        await client.TerminateAsync(id.Value, "once", recursive: false, given.Bound);
        await NextDayAsync(given);
        await client.RestartAsync(id.Value, null, given.Bound);
        await given.Scenario.SettleAsync();
        Assert.Equal(0, (await NextDayAsync(given)).Unattended);

        await client.TerminateAsync(id.Value, "again", recursive: false, given.Bound);

        Assert.Equal(2, (await NextDayAsync(given)).MailsSent);
    }

    [Fact]
    public async Task A_collection_that_lets_its_time_pass_is_reported_when_two_looks_have_seen_it()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-09-22");
        Assert.Equal(0, (await NextDayAsync(given)).Unattended);
        await given.Scenario.Client.SuspendAsync(id.Value, "stock count", given.Bound);

        Assert.Equal(0, (await NextDayAsync(given)).Unattended);
        Assert.Equal(2, (await NextDayAsync(given)).MailsSent);

        Assert.All(await NoticesAsync(given), mail => Assert.Contains(
            "Somebody holds its automatic collection, which should have acted on Tue 23 Sep 2025, 15:00 "
                + "(Asia/Shanghai): stock count.",
            ((ReceivableEscalated)mail.Mail).Explanation,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_owner_has_left_and_nobody_does_finance_the_manager_is_notified()
    {
        await using var given = await CollectionScenario.StartAsync(change: policy => policy with
        {
            Staff = [.. policy.Staff.Where(member => member.Id.Value != "jonas" && member.Role != StaffRole.Finance)],
        });
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.Scenario.Client.TerminateAsync(id.Value, "by mistake", recursive: false, given.Bound);

        Assert.Equal(1, (await NextDayAsync(given)).MailsSent);
        Assert.StartsWith("hanna@", Assert.Single(await NoticesAsync(given)).To.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_every_collection_is_gone_each_invoice_is_reported_but_not_in_one_hour()
    {
        await using var given = await CollectionScenario.StartAsync();
        var one = Given.Invoice(1_000, Given.Day("2025-09-30")) with
        {
            IssuedAt = given.Scenario.Clock.GetUtcNow(),
            Customer = given.Customer,
        };
        for (var number = 1; number <= 220; number++)
        {
            var invoice = one with { Id = new InvoiceId($"{Given.Deal}-I{number}"), IsPrepaid = true };
            await InvoiceRepository.SaveAsync(given.Scenario.Tables, invoice, InvoiceMark.Of(invoice), [], given.Bound);
        }

        var first = (await SweepAsync(given))!;
        var second = await NextDayAsync(given);
        var third = await NextDayAsync(given);

        Assert.Equal((220, 0), (first.Looked, first.Unattended));
        Assert.Equal((220, 0), (second.Looked, second.Unattended));
        Assert.Equal((220, 200, 240), (third.Unattended, third.MailsSent, third.MailsPutOff));
        Assert.Equal(200, (await NextDayAsync(given)).MailsSent);
        Assert.Equal(40, (await NextDayAsync(given)).MailsSent);
        Assert.Equal(440, (await NoticesAsync(given)).Select(mail => mail.Id).Distinct().Count());
    }

    private static Task<SweepReport?> SweepAsync(CollectionScenario given) =>
        given.Scenario.Get<Sweeper>().RunAsync(SweepKind.Receivables, given.Bound);

    /// <summary>The look of the next working day, ten o'clock.</summary>
    private static async Task<SweepReport> NextDayAsync(CollectionScenario given)
    {
        while (true)
        {
            var tomorrow = given.Scenario.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(2);
            await given.Scenario.AdvanceToAsync(new DateTimeOffset(tomorrow, TimeSpan.Zero));
            if (await SweepAsync(given) is { } report)
            {
                return report;
            }
        }
    }

    private static async Task<IReadOnlyList<SentMail>> NoticesAsync(CollectionScenario given) =>
        [
            .. (await given.Scenario.MailsAsync()).Where(
                mail => mail.Id.Contains("|unattended|", StringComparison.Ordinal)),
        ];
}

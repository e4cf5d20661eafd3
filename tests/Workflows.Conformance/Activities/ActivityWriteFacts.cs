using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>An activity's rows, its mails and its completion: together, or not at all.</summary>
public abstract class ActivityWriteFacts(HomeFactory factory) : HomeFacts(factory)
{
    private const string Ledger = "ledger";

    /// <summary>Writes are seen by the activity at once and by others when it is done.</summary>
    [Fact]
    public virtual async Task An_activity_reads_its_own_writes_and_others_read_them_when_it_is_done()
    {
        var gate = NewGate();
        var step = Step(async (context, _) =>
        {
            var etag = await context.Tables.InsertAsync(Ledger, new TableRow("deal", "1") { ["n"] = 1 });
            await context.Tables.InsertAsync(Ledger, new TableRow("deal", "2") { ["n"] = 2 });
            await context.Tables.ReplaceAsync(Ledger, new TableRow("deal", "1") { ["n"] = 10 }, etag);
            await context.Tables.DeleteAsync(Ledger, "deal", "2", TableOperation.AnyETag);
            await gate.PassAsync(context.Stopping);
            var rows = (await context.Tables.QueryAsync(Ledger, TableQuery.Of("deal"))).Items;
            return string.Join(' ', rows.Select(row => $"{row.RowKey}={row["n"]}"));
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        await gate.ArrivedAsync();
        if (Traits.ActivitiesAreTransactions)
        {
            Assert.Null(await Home.Tables.GetAsync(Ledger, "deal", "1", Bound));
        }

        gate.Open();
        Assert.Equal("1=10", await ResultAsync<string>(id));
        Assert.Equal(10, (await Home.Tables.GetAsync(Ledger, "deal", "1", Bound))!["n"]);
        Assert.Null(await Home.Tables.GetAsync(Ledger, "deal", "2", Bound));
    }

    /// <summary>A failure takes rows and mails back.</summary>
    [Fact]
    public virtual async Task An_activity_that_fails_leaves_neither_rows_nor_mails_and_its_retry_writes_them_once()
    {
        var asked = new Mark();
        var step = Step(async (context, _) =>
        {
            await context.Tables.UpsertAsync(Ledger, new TableRow("deal", "1") { ["attempt"] = context.Attempt });
            await context.Mail.EnqueueAsync(Mail($"{context.IdempotencyKey}", $"attempt {context.Attempt}"));
            return context.Attempt == 1
                ? throw new InvalidOperationException("after the writes")
                : context.IdempotencyKey;
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(
            step,
            new CallRetryPolicy(2, TimeSpan.FromMinutes(1), handle: _ =>
            {
                asked.Hit();
                return true;
            })));

        await asked.ReachedAsync();
        await RoundAsync();
        if (Traits.ActivitiesAreTransactions)
        {
            Assert.Null(await Home.Tables.GetAsync(Ledger, "deal", "1", Bound));
            Assert.Empty((await Home.Mail.QueryAsync(new MailQuery { About = "deal" }, Bound)).Items);
        }

        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));
        var key = await ResultAsync<string>(id);
        Assert.Equal(2, (await Home.Tables.GetAsync(Ledger, "deal", "1", Bound))!["attempt"]);
        var mail = Assert.Single((await Home.Mail.QueryAsync(new MailQuery { About = "deal" }, Bound)).Items);
        Assert.Equal(key, mail.Mail.Id);
        if (Traits.ActivitiesAreTransactions)
        {
            Assert.Equal("attempt 2", mail.Mail.Subject);
        }
    }

    /// <summary>A crash before the completion takes them back too.</summary>
    [Fact]
    public virtual async Task An_activity_that_was_killed_after_its_writes_writes_each_of_them_once()
    {
        var gate = NewGate();
        var runs = new Mark();
        var step = Step(async (context, _) =>
        {
            runs.Hit();
            var run = runs.Count;
            await context.Tables.TryInsertAsync(Ledger, new TableRow("deal", "1") { ["run"] = run });
            await context.Mail.EnqueueAsync(Mail(context.IdempotencyKey, $"run {run}"));
            if (run == 1)
            {
                await gate.PassAsync();
            }

            return run;
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<int>(step));

        await gate.ArrivedAsync();
        await Home.CrashAndRestartAsync();
        Assert.Equal(2, await ResultAsync<int>(id));
        Assert.Single((await Home.Mail.QueryAsync(new MailQuery { About = "deal" }, Bound)).Items);
        Assert.Single((await Home.Tables.QueryAsync(Ledger, TableQuery.Of("deal"), Bound)).Items);
        if (Traits.ActivitiesAreTransactions)
        {
            Assert.Equal(2, (await Home.Tables.GetAsync(Ledger, "deal", "1", Bound))!["run"]);
        }
    }

    /// <summary>A lost race is reported to the activity, which may decide again.</summary>
    [Fact]
    public virtual async Task An_activity_hears_of_a_conflict_and_can_go_on()
    {
        await Home.Tables.InsertAsync(Ledger, new TableRow("deal", "1") { ["n"] = 1 });
        var step = Step(async (context, _) =>
        {
            var taken = await context.Tables.TryInsertAsync(Ledger, new TableRow("deal", "1") { ["n"] = 2 });
            await context.Tables.InsertAsync(Ledger, new TableRow("deal", "2") { ["n"] = 2 });
            return taken;
        });
        Assert.False(
            await ResultAsync<bool>(await StartAsync(async (context, _) => await context.DoAsync<bool>(step))));
        Assert.Equal(2, (await Home.Tables.GetAsync(Ledger, "deal", "2", Bound))!["n"]);
        Assert.Equal(1, (await Home.Tables.GetAsync(Ledger, "deal", "1", Bound))!["n"]);
    }

    /// <summary>Many activities that count in one row: each counts once.</summary>
    [Fact]
    public virtual async Task Many_activities_that_race_for_one_row_count_once_each()
    {
        var many = Math.Min(50, Traits.Many / 6);
        await Home.Tables.InsertAsync(Ledger, new TableRow("deal", "count") { ["n"] = 0 });
        var asked = new Mark();
        var step = Step(async (context, _) =>
        {
            var row = await context.Tables.GetAsync(Ledger, "deal", "count");
            row!["n"] = (int)row["n"]! + 1;
            await context.Tables.ReplaceAsync(Ledger, row, row.ETag!);
            return null;
        });
        var ids = await Task.WhenAll(Enumerable.Range(0, many).Select(_ => StartAsync(async (context, _) =>
        {
            await context.DoAsync(step, new CallRetryPolicy(1_000, TimeSpan.FromSeconds(1), handle: _ =>
            {
                asked.Hit();
                return true;
            }));
            return null;
        })));

        // The activity that lost the race tries again a second later.
        foreach (var id in ids)
        {
            await Eventually.ValueAsync(
                async () =>
                {
                    await Home.AdvanceAsync(TimeSpan.FromSeconds(1));
                    return await StateAsync(id);
                },
                state => state.IsEnded,
                $"{id} to win its turn");
        }

        Assert.All(
            await Task.WhenAll(ids.Select(EndAsync)), s => Assert.Equal(OrchestrationStatus.Completed, s.Status));
        Assert.Equal(many, (await Home.Tables.GetAsync(Ledger, "deal", "count", Bound))!["n"]);
    }

    private static OutgoingMail Mail(string id, string subject) =>
        new(id, new MailParty("buyer@example.com", "Buyer"), subject, "text", "<p>text</p>", "note", "deal");
}

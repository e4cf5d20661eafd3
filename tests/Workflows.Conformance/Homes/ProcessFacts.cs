using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Two processes on one state: rows that only a cluster has in full, as each home documents them.</summary>
public abstract class ProcessFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 92: one process only.</summary>
    [Fact]
    public virtual async Task C92_a_second_process_is_refused_with_a_clear_message_or_shares_the_work()
    {
        var runs = new Mark();
        var step = Step(runs.Hit);
        var story = Story(async (context, _) =>
        {
            await context.DoAsync(step);
            return "done";
        });
        if (!Traits.AllowsSecondProcess)
        {
            var refusal = await Assert.ThrowsAnyAsync<Exception>(Home.StartSecondAsync);
            Assert.Matches("(?i)another|in use", refusal.Message);
            Assert.Equal("done", await ResultAsync<string>(await StartAsync(story)));
            Assert.Equal(1, runs.Count);
            return;
        }

        await using var second = await Home.StartSecondAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StartAsync(story)));
        Assert.All(await Task.WhenAll(ids.Select(ResultAsync<string>)), result => Assert.Equal("done", result));
        Assert.Equal(50, runs.Count);
    }

    /// <summary>Row 93: what a process that was given up for dead still does reaches nobody.</summary>
    [Fact]
    public virtual async Task C93_a_stale_process_changes_nothing()
    {
        var staleGate = NewGate();
        var freshGate = NewGate();
        var staleEnded = new Mark();
        var step = Step(async (context, _) =>
        {
            if (context.Attempt == 1)
            {
                await staleGate.PassAsync();
                var written = await Record.ExceptionAsync(() =>
                    context.Tables.UpsertAsync("ledger", new TableRow("deal", "1") { ["by"] = "stale" }));
                staleEnded.Hit();
                return written is null ? "stale" : "stale and refused";
            }

            await freshGate.PassAsync(context.Stopping);
            await context.Tables.UpsertAsync("ledger", new TableRow("deal", "1") { ["by"] = "fresh" });
            return "fresh";
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        await staleGate.ArrivedAsync();
        await Home.CrashAndRestartAsync();
        await freshGate.ArrivedAsync();
        staleGate.Open();
        await staleEnded.ReachedAsync();
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Running);
        if (Traits.ActivitiesAreTransactions)
        {
            Assert.Null(await Home.Tables.GetAsync("ledger", "deal", "1", Bound));
        }

        freshGate.Open();
        Assert.Equal("fresh", await ResultAsync<string>(id));
        Assert.Equal("fresh", (await Home.Tables.GetAsync("ledger", "deal", "1", Bound))!.Text("by"));
    }
}

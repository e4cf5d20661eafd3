using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Purge: ended instances go, one by one or by a question; tables stay.</summary>
public abstract class PurgeFacts(HomeFactory factory) : HomeFacts(factory)
{
    private static readonly ScriptCall Ending = Story((_, call) => Task.FromResult<object?>(call.Input));
    private static readonly ScriptCall Failing = Story((_, _) => throw new InvalidOperationException("no"));
    private static readonly ScriptCall Waiting = Story(
        async (context, _) => await context.WaitForEventAsync<string>("close"));

    /// <summary>Row 73: one, twice, and one with a quote in its id.</summary>
    [Theory]
    [InlineData("deal-1")]
    [InlineData("O'Brien's deal")]
    public virtual async Task C73_an_ended_instance_is_purged_once(string id)
    {
        await StartAsync(Ending.With(new string('x', 200_000)), id);
        await EndAsync(id);
        Assert.Equal(OperationOutcome.Done, await Client.PurgeAsync(id, Bound));
        Assert.Null(await Client.GetAsync(id, Bound));
        Assert.Equal(OperationOutcome.NotFound, await Client.PurgeAsync(id, Bound));
        Assert.Equal(RaiseOutcome.NotFound, await RaiseAsync(id, "close"));
        Assert.Null(await Client.WaitForCompletionAsync(id, Bound));

        await StartAsync(Ending.With("second life"), id);
        Assert.Equal("second life", await ResultAsync<string>(id));
    }

    /// <summary>Row 73: not while it lives.</summary>
    [Fact]
    public virtual async Task C73_a_living_instance_is_not_purged()
    {
        var running = await StartAsync(Waiting);
        await ScheduleAsync(Waiting, new ScheduleOptions("pending", Home.Now.AddDays(1)));
        var held = await StartAsync(Waiting);
        await Client.SuspendAsync(held, "hold", Bound);

        foreach (var id in new[] { running, "pending", held })
        {
            Assert.Equal(OperationOutcome.NoChange, await Client.PurgeAsync(id, Bound));
        }

        Assert.Equal(0, await Client.PurgeAsync(new InstanceQuery(), Bound));
        await GiveAsync(running, "close", "unharmed");
        Assert.Equal("unharmed", await ResultAsync<string>(running));
    }

    /// <summary>Row 73: by state, by name, by prefix.</summary>
    [Fact]
    public virtual async Task C73_purge_by_a_question_removes_what_matches_and_counts_it()
    {
        for (var n = 0; n < 5; n++)
        {
            await EndAsync(await StartAsync(Ending, $"good-{n}"));
            await EndAsync(await StartAsync(Failing, $"bad-{n}"));
        }

        await EchoStory.ScheduleAsync(Client, "x", new ScheduleOptions("good-echo"), Bound);
        await EndAsync("good-echo");

        Assert.Equal(
            5, await Client.PurgeAsync(new InstanceQuery { Statuses = [OrchestrationStatus.Failed] }, Bound));
        Assert.Equal(1, await Client.PurgeAsync(new InstanceQuery { Orchestration = EchoStory.Name }, Bound));
        Assert.Equal(0, await Client.PurgeAsync(new InstanceQuery { IdPrefix = "bad-" }, Bound));
        Assert.Equal(3, await Client.PurgeAsync(new InstanceQuery { IdPrefix = "good-", PageSize = 3 }, Bound));
        Assert.Equal(2, await Client.PurgeAsync(new InstanceQuery { IdPrefix = "good-", PageSize = 3 }, Bound));
        Assert.Equal(0, await Client.PurgeAsync(new InstanceQuery(), Bound));
    }

    /// <summary>Row 73: by time of the end, oldest first.</summary>
    [Fact]
    public virtual async Task C73_purge_by_the_time_of_the_end_takes_the_oldest_first()
    {
        for (var day = 0; day < 4; day++)
        {
            await EndAsync(await StartAsync(Ending, $"day-{day}"));
            await Home.AdvanceAsync(TimeSpan.FromDays(1));
        }

        var older = new InstanceQuery { EndedBefore = Home.Now.AddDays(-2).AddHours(-12), PageSize = 1 };
        Assert.Equal(1, await Client.PurgeAsync(older, Bound));
        Assert.Null(await Client.GetAsync("day-0", Bound));
        Assert.NotNull(await Client.GetAsync("day-1", Bound));
        Assert.Equal(1, await Client.PurgeAsync(older, Bound));
        Assert.Equal(0, await Client.PurgeAsync(older, Bound));
        var left = await Client.QueryAsync(new InstanceQuery(), Bound);
        Assert.Equal(["day-2", "day-3"], left.Items.Select(instance => instance.InstanceId));
    }

    /// <summary>Row 73: ledger and audit are tables.</summary>
    [Fact]
    public virtual async Task C73_purge_leaves_the_rows_and_mails_that_the_instance_wrote()
    {
        var write = Step(async (context, _) =>
        {
            await context.Tables.InsertAsync("ledger", new TableRow("deal-1", "001") { ["amount"] = "100.00" });
            await context.Mail.EnqueueAsync(
                new OutgoingMail(
                    "deal-1:mail", new MailParty("a@example.com", "A"), "s", "t", "<p>t</p>", "note", "deal-1"));
            return null;
        });
        await StartAsync(
            Story(async (context, _) =>
            {
                await context.DoAsync(write);
                return null;
            }),
            "deal-1");
        await EndAsync("deal-1");

        Assert.Equal(OperationOutcome.Done, await Client.PurgeAsync("deal-1", Bound));
        Assert.Equal("100.00", (await Home.Tables.GetAsync("ledger", "deal-1", "001", Bound))!.Text("amount"));
        Assert.NotNull(await Home.Mail.GetAsync("deal-1:mail", Bound));
    }
}

using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Reading instances: one, many, and waiting for their end.</summary>
public abstract class QueryFacts(HomeFactory factory) : HomeFacts(factory)
{
    private static readonly ScriptCall Waiting = Story(
        async (context, _) => await context.WaitForEventAsync<string>("close"));

    /// <summary>Row 75.</summary>
    [Fact]
    public virtual async Task C75_waiting_for_the_end_answers_for_unknown_ended_and_running_instances()
    {
        Assert.Null(await Client.WaitForCompletionAsync("nobody", Bound));
        Assert.Null(await Client.GetAsync("nobody", Bound));

        var id = await StartAsync(Waiting);
        var waiting = Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Client.WaitForCompletionAsync(id, Bound)));
        await RoundAsync();
        Assert.False(waiting.IsCompleted);
        await GiveAsync(id, "close", "closed");
        Assert.All(
            await waiting.WaitAsync(Eventually.Bound), state => Assert.Equal("closed", state!.ReadOutput<string>()));

        var ended = Client.WaitForCompletionAsync(id, Bound);
        Assert.Equal(OrchestrationStatus.Completed, (await ended.WaitAsync(Eventually.Bound))!.Status);
    }

    /// <summary>Row 75: the caller gives up.</summary>
    [Fact]
    public virtual async Task C75_giving_up_the_wait_leaves_the_instance_alone()
    {
        var id = await StartAsync(Waiting);
        using var timeout = new CancellationTokenSource();
        var wait = Client.WaitForCompletionAsync(id, timeout.Token);
        await RoundAsync();
        await timeout.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Eventually.Bound));
        await GiveAsync(id, "close", "closed");
        Assert.Equal("closed", await ResultAsync<string>(id));
    }

    /// <summary>Row 76.</summary>
    [Fact]
    public virtual async Task C76_the_custom_status_is_as_it_was_last_set()
    {
        var id = await StartAsync(async (context, _) =>
        {
            context.SetCustomStatus(new { stage = "Quoted" });
            await context.WaitForEventAsync<string>("next");
            context.SetCustomStatus("Ordered");
            context.SetCustomStatus("Fulfilling");
            await context.WaitForEventAsync<string>("next");
            context.SetCustomStatus(null);
            await context.WaitForEventAsync<string>("next");
            context.SetCustomStatus("Paid");
            return null;
        });

        await CustomStatusAsync(id, """{"stage":"Quoted"}""");
        await Home.RestartAsync();
        Assert.Equal("""{"stage":"Quoted"}""", (await StateAsync(id)).CustomStatus);
        await GiveAsync(id, "next");
        await CustomStatusAsync(id, "\"Fulfilling\"");
        await GiveAsync(id, "next");
        await CustomStatusAsync(id, null);
        await GiveAsync(id, "next");
        Assert.Equal("Paid", (await EndAsync(id)).ReadCustomStatus<string>());
    }

    /// <summary>Row 76: 16 KB of UTF-16, the quotes included.</summary>
    [Fact]
    public virtual async Task C76_a_custom_status_over_16_KB_is_a_clear_error()
    {
        const int Longest = 8 * 1024 - 2;
        var id = await StartAsync(async (context, _) =>
        {
            context.SetCustomStatus(new string('x', Longest));
            await Echo.CallAsync(context, "kept");
            try
            {
                context.SetCustomStatus(new string('x', Longest + 1));
                return "taken";
            }
            catch (ArgumentException refused)
            {
                return refused.Message;
            }
        });

        Assert.Contains("16 KB", await ResultAsync<string>(id), StringComparison.Ordinal);
        Assert.Equal(Longest, (await StateAsync(id)).ReadCustomStatus<string>()!.Length);
    }

    /// <summary>Row 77: conditions.</summary>
    [Fact]
    public virtual async Task C77_a_query_finds_by_prefix_name_status_and_time()
    {
        var start = Home.Now;
        await StartAsync(Waiting, "deal-1");
        await StartAsync(Waiting, "deal%2");
        await Home.AdvanceAsync(TimeSpan.FromDays(1));
        await EndAsync(await StartAsync(Story((_, _) => Task.FromResult<object?>("done")), "deal_3"));
        await EchoStory.ScheduleAsync(Client, "x", new ScheduleOptions("echo-4"), Bound);
        await EndAsync("echo-4");

        await FindsAsync(new InstanceQuery(), "deal-1", "deal%2", "deal_3", "echo-4");
        await FindsAsync(new InstanceQuery { IdPrefix = "deal" }, "deal-1", "deal%2", "deal_3");
        await FindsAsync(new InstanceQuery { IdPrefix = "deal%" }, "deal%2");
        await FindsAsync(new InstanceQuery { IdPrefix = "deal_" }, "deal_3");
        await FindsAsync(new InstanceQuery { IdPrefix = "DEAL" });
        await FindsAsync(new InstanceQuery { Orchestration = EchoStory.Name }, "echo-4");
        await FindsAsync(new InstanceQuery { Statuses = [OrchestrationStatus.Completed] }, "deal_3", "echo-4");
        await FindsAsync(
            new InstanceQuery { Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Failed] }, "deal-1",
            "deal%2");
        await FindsAsync(new InstanceQuery { CreatedFrom = start.AddDays(1) }, "deal_3", "echo-4");
        await FindsAsync(new InstanceQuery { CreatedBefore = start.AddDays(1) }, "deal-1", "deal%2");
        await FindsAsync(new InstanceQuery { EndedBefore = Home.Now.AddDays(1) }, "deal_3", "echo-4");
        await FindsAsync(new InstanceQuery { EndedBefore = start });
        await FindsAsync(
            new InstanceQuery
            {
                IdPrefix = "deal",
                Statuses = [OrchestrationStatus.Completed],
                CreatedFrom = start,
            },
            "deal_3");
    }

    /// <summary>
    /// Row 77: a list says which run of an id it shows, and whose child, as the instance by itself does.
    /// </summary>
    [Fact]
    public virtual async Task C77_a_list_tells_the_run_and_the_parent_of_each_instance()
    {
        var parent = Story(async (context, _) =>
            await context.RunSubAsync<string>(Waiting, new SubOrchestrationCallOptions("child")));
        await StartAsync(parent, "parent");
        await Eventually.ValueAsync(
            () => Client.GetAsync("child", Bound),
            child => child?.Status == OrchestrationStatus.Running,
            "the child to run");
        await ScheduleAsync(Waiting, new ScheduleOptions("other", Version: "1.0"));

        var page = await Client.QueryAsync(new InstanceQuery(), Bound);
        var listed = page.Items.ToDictionary(each => each.InstanceId);
        Assert.Equal(["child", "other", "parent"], listed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("parent", listed["child"].ParentInstanceId);
        Assert.Null(listed["parent"].ParentInstanceId);
        Assert.Null(listed["other"].ParentInstanceId);
        Assert.Equal("1.0", listed["other"].Version);
        foreach (var (id, instance) in listed)
        {
            Assert.NotEmpty(instance.ExecutionId);
            Assert.Equal((await StateAsync(id)).ExecutionId, instance.ExecutionId);
        }

        Assert.Equal(3, listed.Values.Select(instance => instance.ExecutionId).Distinct().Count());
    }

    /// <summary>Row 77: pages, while others come in and are worked on.</summary>
    [Fact]
    public virtual async Task C77_pages_neither_miss_nor_double_an_instance_while_others_come_in()
    {
        var old = Traits.Many * 2;
        var tomorrow = Home.Now.AddDays(1);
        await Task.WhenAll(Enumerable.Range(0, old).Select(n =>
            ScheduleAsync(Waiting, new ScheduleOptions($"old-{n}", tomorrow))));

        var seen = new List<string>();
        var query = new InstanceQuery { PageSize = Math.Max(10, Traits.Many / 7) };
        var pages = 0;
        do
        {
            var page = await Client.QueryAsync(query, Bound);
            Assert.InRange(page.Items.Count, 0, query.PageSize);
            seen.AddRange(page.Items.Select(instance => instance.InstanceId));
            query = query with { Continuation = page.Continuation };
            await StartAsync(Waiting, $"new-{++pages}");
            await Client.TerminateAsync($"old-{pages}", "changed while paging", false, Bound);
        }
        while (query.Continuation is not null && pages < 1_000);

        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Equal(old, seen.Count(id => id.StartsWith("old-", StringComparison.Ordinal)));
    }

    /// <summary>Row 77: page sizes out of bounds.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public virtual async Task C77_a_page_size_out_of_bounds_is_refused(int size) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Client.QueryAsync(new InstanceQuery { PageSize = size }, Bound));

    private async Task CustomStatusAsync(string id, string? expected) => await Eventually.ValueAsync(
        () => StateAsync(id), state => state.CustomStatus == expected, $"the custom status {expected}");

    private async Task FindsAsync(InstanceQuery query, params string[] ids)
    {
        var found = (await Client.QueryAsync(query, Bound)).Items;
        Assert.Equal(ids.Order(StringComparer.Ordinal), found.Select(i => i.InstanceId).Order(StringComparer.Ordinal));
        Assert.Equal(found.Select(i => i.CreatedAt).Order(), found.Select(i => i.CreatedAt));
        Assert.All(found, instance => Assert.True(instance.Input is null && instance.Output is null));
    }
}

using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Starts: an id starts once, unless asked otherwise.</summary>
public abstract class StartFacts(HomeFactory factory) : HomeFacts(factory)
{
    private static readonly ScriptCall Waiting = Story(
        async (context, _) => await context.WaitForEventAsync<string>("close"));

    /// <summary>Row 63.</summary>
    [Fact]
    public virtual async Task C63_starting_a_running_id_again_changes_nothing()
    {
        await StartAsync(Waiting.With("first"), "deal-1");
        var before = await StatusAsync("deal-1", OrchestrationStatus.Running);

        var again = await ScheduleAsync(Waiting.With("second"), new ScheduleOptions("deal-1"));
        Assert.Equal(new ScheduleOutcome("deal-1", Created: false), again);
        await RoundAsync();
        await UnchangedAsync(before);
        await GiveAsync("deal-1", "close", "by the first");
        Assert.Equal("by the first", await ResultAsync<string>("deal-1"));
    }

    /// <summary>Row 64: by default an ended id stays ended.</summary>
    [Theory]
    [InlineData(OrchestrationStatus.Completed)]
    [InlineData(OrchestrationStatus.Failed)]
    [InlineData(OrchestrationStatus.Terminated)]
    public virtual async Task C64_an_ended_id_is_not_started_again_unless_told_so(OrchestrationStatus ended)
    {
        var before = await EndedAsync("deal-1", ended);
        var again = await ScheduleAsync(Waiting, new ScheduleOptions("deal-1"));
        Assert.False(again.Created);
        await RoundAsync();
        await UnchangedAsync(before);
    }

    /// <summary>Row 64: the set says in which states.</summary>
    [Theory]
    [InlineData(OrchestrationStatus.Completed)]
    [InlineData(OrchestrationStatus.Failed)]
    [InlineData(OrchestrationStatus.Terminated)]
    public virtual async Task C64_an_ended_id_is_replaced_in_the_states_that_the_caller_names(OrchestrationStatus ended)
    {
        var before = await EndedAsync("deal-1", ended);
        var others = Enum.GetValues<OrchestrationStatus>()
            .Where(status => status.IsEnded() && status != ended)
            .ToHashSet();
        Assert.False((await ScheduleAsync(Waiting, new ScheduleOptions("deal-1", ReplaceIf: others))).Created);
        await UnchangedAsync(before);

        var named = new HashSet<OrchestrationStatus> { ended };
        Assert.True((await ScheduleAsync(Waiting, new ScheduleOptions("deal-1", ReplaceIf: named))).Created);
        var after = await StatusAsync("deal-1", OrchestrationStatus.Running);
        Assert.NotEqual(before.ExecutionId, after.ExecutionId);
        Assert.Null(after.Output);
        Assert.Null(after.Failure);
        await GiveAsync("deal-1", "close", "second life");
        Assert.Equal("second life", await ResultAsync<string>("deal-1"));
    }

    /// <summary>Row 64: a running one may be named too.</summary>
    [Fact]
    public virtual async Task C64_a_running_id_is_replaced_when_the_caller_names_that_state()
    {
        await StartAsync(Waiting, "deal-1");
        var before = await StatusAsync("deal-1", OrchestrationStatus.Running);
        await GiveAsync("deal-1", "left over", "of the first life");
        var story = Story(async (context, _) => await context.WaitForEventAsync<string>("second"));
        var running = new HashSet<OrchestrationStatus> { OrchestrationStatus.Running };

        Assert.True((await ScheduleAsync(story, new ScheduleOptions("deal-1", ReplaceIf: running))).Created);
        await GiveAsync("deal-1", "second", "life");
        Assert.Equal("life", await ResultAsync<string>("deal-1"));
        Assert.NotEqual(before.ExecutionId, (await StateAsync("deal-1")).ExecutionId);
    }

    /// <summary>Row 65.</summary>
    [Fact]
    public virtual async Task C65_of_forty_starts_of_one_id_one_wins_and_all_hear_the_same_id()
    {
        var starts = new Mark();
        var step = Step(starts.Hit);
        var story = Story(async (context, call) =>
        {
            await context.DoAsync(step);
            return call.Input;
        });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(n =>
            ScheduleAsync(story.With(n), new ScheduleOptions("deal-1"))));

        Assert.All(outcomes, outcome => Assert.Equal("deal-1", outcome.InstanceId));
        var winner = Assert.Single(Enumerable.Range(0, 40), n => outcomes[n].Created);
        Assert.Equal(winner, await ResultAsync<int>("deal-1"));
        await RoundAsync();
        Assert.Equal(1, starts.Count);
    }

    /// <summary>Row 66.</summary>
    [Fact]
    public virtual async Task C66_an_id_can_be_made_anew_while_events_come_in()
    {
        var anyState = Enum.GetValues<OrchestrationStatus>().ToHashSet();
        var executions = new HashSet<string>();
        for (var round = 0; round < 10; round++)
        {
            var raises = Enumerable.Range(0, 10).Select(n => RaiseAsync("deal-1", "close", n)).ToArray();
            var outcome = await ScheduleAsync(Waiting.With(round), new ScheduleOptions("deal-1", ReplaceIf: anyState));
            Assert.True(outcome.Created, $"round {round}");
            Assert.True(
                executions.Add((await StateAsync("deal-1")).ExecutionId), $"round {round} kept the old execution id");
            await Task.WhenAll(raises);
        }

        var last = await ScheduleAsync(
            Story((_, _) => Task.FromResult<object?>("last")), new ScheduleOptions("deal-1", ReplaceIf: anyState));
        Assert.True(last.Created);
        Assert.Equal("last", await ResultAsync<string>("deal-1"));
    }

    /// <summary>Row 67.</summary>
    [Fact]
    public virtual async Task C67_a_scheduled_start_is_pending_and_not_early()
    {
        var starts = new Mark();
        var startAt = Home.Now.AddSeconds(30);
        var story = Story((context, _) =>
        {
            starts.Hit();
            return Task.FromResult<object?>(context.UtcNow);
        });
        await ScheduleAsync(story, new ScheduleOptions("deal-1", startAt));
        await Home.AdvanceAsync(TimeSpan.FromSeconds(29));
        await RoundAsync();
        var pending = await StateAsync("deal-1");
        Assert.Equal((OrchestrationStatus.Pending, startAt, 0), (pending.Status, pending.StartAt, starts.Count));

        await Home.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.InRange(await ResultAsync<DateTimeOffset>("deal-1"), startAt, startAt.AddSeconds(1));
    }

    /// <summary>Row 67: ended before it began.</summary>
    [Fact]
    public virtual async Task C67_a_scheduled_start_that_is_terminated_never_starts()
    {
        var starts = new Mark();
        var story = Story((_, _) =>
        {
            starts.Hit();
            return Task.FromResult<object?>(null);
        });
        await ScheduleAsync(story, new ScheduleOptions("deal-1", Home.Now.AddSeconds(30)));
        Assert.Equal(OperationOutcome.Done, await Client.TerminateAsync("deal-1", "not wanted", false, Bound));
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));
        await RoundAsync();
        Assert.Equal(OrchestrationStatus.Terminated, (await StateAsync("deal-1")).Status);
        Assert.Equal(0, starts.Count);
    }

    /// <summary>Row 67: a scheduled start survives the downtime in which it was due.</summary>
    [Fact]
    public virtual async Task C67_a_scheduled_start_that_was_due_in_a_downtime_starts_afterwards()
    {
        await ScheduleAsync(
            Story((_, _) => Task.FromResult<object?>("started")), new ScheduleOptions("deal-1", Home.Now.AddHours(1)));
        await Home.RestartAsync(downtime: TimeSpan.FromHours(2));
        Assert.Equal("started", await ResultAsync<string>("deal-1"));
    }

    /// <summary>Row 78: ids that are taken as they are.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("alibaba:RFQ 2027-01-04")]
    [InlineData("O'Brien & Söhne %41 100%")]
    [InlineData("询盘-发票-№7")]
    [InlineData("a.b_c~d$e(f)[g]{h}|i")]
    public virtual async Task C78_an_id_comes_back_as_it_was_given(string id)
    {
        await StartAsync(Waiting, id);
        await GiveAsync(id, "close", "closed");
        Assert.Equal("closed", await ResultAsync<string>(id));
        var page = await Client.QueryAsync(new InstanceQuery { IdPrefix = id }, Bound);
        Assert.Equal(id, Assert.Single(page.Items).InstanceId);
    }

    /// <summary>Row 78: two ids that differ in case only are two.</summary>
    [Fact]
    public virtual async Task C78_ids_are_case_sensitive_and_may_be_a_hundred_characters_long()
    {
        var longest = new string('x', InstanceIds.MaxLength);
        await StartAsync(Waiting, longest);
        await StartAsync(Waiting, longest.ToUpperInvariant());
        await GiveAsync(longest, "close", "small");
        Assert.Equal("small", await ResultAsync<string>(longest));
        await StatusAsync(longest.ToUpperInvariant(), OrchestrationStatus.Running);
    }

    /// <summary>Row 78: ids that some home could not keep.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    [InlineData("@a")]
    [InlineData("101")]
    public virtual async Task C78_an_id_that_some_home_could_not_keep_is_refused(string id)
    {
        var refused = id == "101" ? new string('x', 101) : id;
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ScheduleAsync(Waiting, new ScheduleOptions(refused)));
        Assert.Empty((await Client.QueryAsync(new InstanceQuery(), Bound)).Items);
    }

    /// <summary>A schedule by the type of the orchestration.</summary>
    [Fact]
    public virtual async Task An_orchestration_is_scheduled_by_its_type_and_its_state_tells_what_it_was_given()
    {
        await EchoStory.ScheduleAsync(Client, "hello", new ScheduleOptions("deal-1", Version: "3"), Bound);
        Assert.Equal("hello", await ResultAsync<string>("deal-1"));
        var state = await StateAsync("deal-1");
        Assert.Equal((EchoStory.Name, "3", "\"hello\""), (state.Orchestration, state.Version, state.Input));
        Assert.Null(state.ParentInstanceId);
        Assert.InRange(state.LastUpdatedAt, state.CreatedAt, Home.Now);
    }

    private async Task<OrchestrationState> EndedAsync(string id, OrchestrationStatus ended)
    {
        var story = ended switch
        {
            OrchestrationStatus.Completed => Story((_, _) => Task.FromResult<object?>("first life")),
            OrchestrationStatus.Failed => Story((_, _) => throw new InvalidOperationException("first life")),
            _ => Waiting,
        };
        await StartAsync(story, id);
        if (ended == OrchestrationStatus.Terminated)
        {
            await Client.TerminateAsync(id, "first life", recursive: false, Bound);
        }

        var state = await EndAsync(id);
        Assert.Equal(ended, state.Status);
        return state;
    }
}

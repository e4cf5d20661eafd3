using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

// Facts that hold otherwise on Durable Functions. Each is a row of the table in docs/azure-operate.md.

public sealed class DurableRestartTests() : RestartFacts(new DurableHomeFactory())
{
    /// <summary>A failed instance is restarted as a whole; Durable has no rewind that would stand retries.</summary>
    public override Task C74_rewind_runs_only_the_failed_step_again() => RewindIsRefusedAsync();

    public override Task C74_rewind_reaches_down_to_the_failed_step_of_a_child_and_leaves_its_sisters_alone() =>
        RewindIsRefusedAsync();

    public override Task C74_rewind_lets_a_terminated_instance_go_on_where_it_stood() => RewindIsRefusedAsync();

    public override Task C74_a_parent_that_goes_on_gets_the_result_of_a_child_that_ended_meanwhile() =>
        RewindIsRefusedAsync();

    private async Task RewindIsRefusedAsync()
    {
        var id = await StartAsync((_, _) => throw new InvalidOperationException("bank down"));
        await FailureAsync(id);
        var before = await StateAsync(id);
        Assert.Equal(OperationOutcome.NoChange, await Client.RewindAsync(id, "the bank is back", Bound));
        await UnchangedAsync(before);
    }
}

public sealed class DurableReplayTests() : ReplayFacts(new DurableHomeFactory())
{
    /// <summary>Durable fails what it has no code for. Deploy first, then start.</summary>
    public override async Task C87_an_instance_of_an_orchestration_that_is_not_deployed_yet_waits_for_it()
    {
        await Client.ScheduleAsync("NotDeployed", "hello", new ScheduleOptions("deal-1"), Bound);
        await StatusAsync("deal-1", OrchestrationStatus.Failed);
    }

    /// <summary>
    /// Durable takes it for one that waits, and it runs for ever: analyzers refuse such code when it is built, and the
    /// sweeps notify people of what nothing moves.
    /// </summary>
    public override async Task C84_awaiting_what_is_not_durable_is_an_error_and_not_a_hang(string kind)
    {
        var awaited = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            await Echo.CallAsync(context, "first");
            awaited.Hit();
            await (kind switch
            {
                "delay" => Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System),
                "thread pool" => Task.Run(() => { }),
                _ => new TaskCompletionSource().Task,
            });
            return await Echo.CallAsync(context, "second");
        });
        await awaited.ReachedAsync();
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Running);
        Assert.Equal(OperationOutcome.Done, await Client.TerminateAsync(id, "It hangs.", recursive: false, Bound));
        await StatusAsync(id, OrchestrationStatus.Terminated);
    }
}

public sealed class DurableContinueAsNewTests() : ContinueAsNewFacts(new DurableHomeFactory())
{
    /// <summary>
    /// The next generation starts when the last activity of the old one has ended; its timers do not hold it.
    /// </summary>
    public override async Task C60_what_an_old_generation_left_open_does_not_touch_the_new_one()
    {
        var gate = NewGate();
        var step = StepThrough(gate);
        var next = new Mark();
        var story = Story(async (context, call) =>
        {
            if (call.Read<int?>() == 1)
            {
                next.Hit();
                return "new";
            }

            _ = context.CreateTimerAsync(TimeSpan.FromDays(1));
            _ = context.DoAsync<string>(step.With("old"));
            await context.WaitForEventAsync<string>("turn over");
            context.ContinueAsNew(call.With(1));
            return null;
        });
        var id = await StartAsync(story);
        await gate.ArrivedAsync();
        await GiveAsync(id, "turn over");
        await RoundAsync();
        Assert.Equal(0, next.Count);
        gate.Open();
        Assert.Equal("new", await ResultAsync<string>(id));
    }
}

public sealed class DurableDivergenceTests() : DivergenceFacts(new DurableHomeFactory())
{
    /// <summary>Of an activity that was called where the history has a timer, Durable names the timer only.</summary>
    public override Task C81_a_divergence_is_named_with_what_was_expected_and_what_was_found(
        string kind, string expected, string found) =>
        base.C81_a_divergence_is_named_with_what_was_expected_and_what_was_found(
            kind, expected, kind == "activity for timer" ? "" : found);

    /// <summary>Durable fails it for good: code that fits again only helps instances that start after it.</summary>
    public override async Task C83_a_parked_instance_has_no_effects_and_goes_on_with_all_its_events_under_fixed_code()
    {
        var effects = new Mark();
        var effect = Step(effects.Hit);
        OrchestrationScript good = async (context, _) =>
        {
            await Echo.CallAsync(context, "first");
            var note = await context.WaitForEventAsync<string>("note");
            await context.DoAsync(effect);
            return note;
        };
        OrchestrationScript bad = async (context, _) =>
        {
            await OtherEcho.CallAsync(context, "first");
            await context.DoAsync(effect);
            return await context.WaitForEventAsync<string>("note");
        };
        var story = Story(good);
        var id = await StartAsync(story);
        await RoundAsync();

        ScriptRegistry.Replace(story, bad);
        await Home.RestartAsync();
        // It may have failed as the home started.
        Assert.NotEqual(RaiseOutcome.NotFound, await RaiseAsync(id, "note", "one"));
        await FailureAsync(id);

        ScriptRegistry.Replace(story, good);
        await Home.RestartAsync();
        Assert.Equal(OperationOutcome.NoChange, await Client.ResumeAsync(id, "fixed", Bound));
        Assert.Equal(RaiseOutcome.TooLate, await RaiseAsync(id, "note", "two"));
        await FailureAsync(id);
        Assert.Equal(0, effects.Count);

        Assert.Equal(OperationOutcome.Done, await Client.RestartAsync(id, null, Bound));
        await GiveAsync(id, "note", "three");
        Assert.Equal("three", await ResultAsync<string>(id));
        Assert.Equal(1, effects.Count);
    }
}

public sealed class DurableCrashTests() : CrashFacts(new DurableHomeFactory())
{
    /// <summary>The queue hands it out again and again; nobody counts.</summary>
    public override async Task C48_an_activity_that_kills_the_process_every_time_is_parked_and_others_go_on()
    {
        var starts = new Mark();
        var gate = NewGate();
        var poison = Step(async (_, _) =>
        {
            starts.Hit();
            await gate.PassAsync();
            return null;
        });
        var id = await StartAsync(async (context, _) =>
        {
            await context.DoAsync(poison);
            return "survived";
        });

        for (var death = 1; death <= 8; death++)
        {
            await starts.ReachedAsync(death);
            await Home.CrashAndRestartAsync();
        }

        await starts.ReachedAsync(9);
        await RoundAsync();
        Assert.False((await StateAsync(id)).IsEnded);
        gate.Open();
        Assert.Equal("survived", await ResultAsync<string>(id));
        Assert.Equal(9, starts.Count);
    }
}

public sealed class DurableVersionTests() : VersionFacts(new DurableHomeFactory())
{
    private static readonly ScriptCall VersionedStory = Story(async (context, _) =>
        $"{context.Version ?? "none"}: {await context.WaitForEventAsync<string>("close")}");

    /// <summary>
    /// Versions are kept and shown; host.json names none, so no build leaves any instance to another.
    /// </summary>
    public override async Task C86_what_does_not_fit_the_build_waits_for_one_that_it_fits(
        VersionMatch match, string version, bool fits)
    {
        await ScheduleAsync(VersionedStory, new ScheduleOptions("deal", Version: version));
        Assert.Equal(version, (await StateAsync("deal")).Version ?? "");
        await Home.RestartAsync();
        await GiveAsync("deal", "close", "closed");
        var result = await ResultAsync<string>("deal");
        Assert.True(
            $"{(version == "" ? "none" : version)}: closed" == result,
            $"{result}; embedded, {match} would {(fits ? "run" : "park")} it.");
    }

    /// <summary>A child runs in the version that was asked for, or in its parent's, whatever the build's is.</summary>
    public override async Task C86_what_does_not_fit_the_build_fails_when_the_policy_says_so_and_its_parent_hears()
    {
        var parent = Story(async (context, call) => await context.RunSubAsync<string>(
            VersionedStory,
            new SubOrchestrationCallOptions($"child of {context.InstanceId}", Version: call.Read<string>())));
        foreach (var (asked, expected) in new[] { ("3", "3"), (null, "2"), ("", "none") })
        {
            var id = NewId();
            await ScheduleAsync(parent.With(asked), new ScheduleOptions(id, Version: "2"));
            await RoundAsync();
            await GiveAsync($"child of {id}", "close", "closed");
            Assert.Equal($"{expected}: closed", await ResultAsync<string>(id));
        }
    }

    /// <summary>
    /// An older build goes on with what a newer one began, at once. Its code must still fit: run verify before a
    /// rollback.
    /// </summary>
    public override async Task C86_an_instance_under_way_waits_out_a_rollback_with_its_events_and_timers()
    {
        var story = Story(async (context, _) =>
        {
            await context.CreateTimerAsync(TimeSpan.FromDays(1));
            return $"{context.Version}: {await context.WaitForEventAsync<string>("close")}";
        });
        await ScheduleAsync(story, new ScheduleOptions("deal", Version: "2"));
        await RoundAsync();

        await Home.RestartAsync();
        await Home.AdvanceAsync(TimeSpan.FromDays(2));
        await GiveAsync("deal", "close", "closed");
        Assert.Equal("2: closed", await ResultAsync<string>("deal"));
    }

    /// <summary>The next generation is of the newer version, and the same build runs it.</summary>
    public override async Task C62_a_generation_of_a_newer_version_waits_for_a_build_that_runs_it()
    {
        var story = Story(async (context, call) =>
        {
            if (context.Version == "1")
            {
                context.SetCustomStatus("from version 1");
                context.ContinueAsNew(call, newVersion: "2");
                return null;
            }

            return $"version {context.Version}: {await context.WaitForEventAsync<string>("close")}";
        });
        await ScheduleAsync(story, new ScheduleOptions("deal", Version: "1"));
        await GiveAsync("deal", "close", "closed");
        Assert.Equal("version 2: closed", await ResultAsync<string>("deal"));
        Assert.Equal("from version 1", (await StateAsync("deal")).ReadCustomStatus<string>());
    }
}

public sealed class DurableProcessTests() : ProcessFacts(new DurableHomeFactory())
{
    /// <summary>
    /// All processes write to one account, so rows of a stale one count: they are the step's, which is run again and
    /// writes them again. Its result reaches nobody.
    /// </summary>
    public override async Task C93_a_stale_process_changes_nothing()
    {
        var staleGate = NewGate();
        var freshGate = NewGate();
        var staleEnded = new Mark();
        var starts = 0;
        var step = Step(async (context, _) =>
        {
            var by = Interlocked.Increment(ref starts) == 1 ? "stale" : "fresh";
            await (by == "stale" ? staleGate.PassAsync() : freshGate.PassAsync(context.Stopping));
            await Home.Tables.UpsertAsync("ledger", new TableRow("deal", "1") { ["by"] = by }, Bound);
            if (by == "stale")
            {
                staleEnded.Hit();
            }

            return by;
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        await staleGate.ArrivedAsync();
        await Home.CrashAndRestartAsync();
        await freshGate.ArrivedAsync();
        staleGate.Open();
        await staleEnded.ReachedAsync();
        await RoundAsync();
        Assert.False((await StateAsync(id)).IsEnded);
        Assert.Equal("stale", (await Home.Tables.GetAsync("ledger", "deal", "1", Bound))!.Text("by"));

        freshGate.Open();
        Assert.Equal("fresh", await ResultAsync<string>(id));
        Assert.Equal("fresh", (await Home.Tables.GetAsync("ledger", "deal", "1", Bound))!.Text("by"));
        Assert.Equal(2, starts);
    }
}

using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Hub;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Conformance;
using Workflows.Engine;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>
/// The disease that the adapter is the cure of: what Durable Functions does to orchestrations that use it as it comes. The
/// same with the trap off shows that it is the trap and nothing else.
/// </summary>
public sealed class TrapTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workflows-traps-");
    private readonly VirtualClock _clock = new();
    private readonly HubFunctions _functions = new();
    private readonly ConcurrentQueue<string> _told = new();
    private TaskHub? _hub;

    private DurableTaskClient Client => _hub!.Client;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true, "timed out, nothing")]
    [InlineData(false, "timed out, yes")]
    public async Task A_wait_that_timed_out_takes_the_next_event_with_it(bool trap, string expected)
    {
        await StartAsync(new HubTraps { CancelledWaitsTakeEvents = trap }, async context =>
        {
            using var giveUp = new CancellationTokenSource();
            var wait = context.WaitForExternalEvent<string>("approved", giveUp.Token);
            _told.Enqueue("waiting");
            await context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), CancellationToken.None);
            giveUp.Cancel();
            _told.Enqueue("timed out");

            // The reminder is on its way while the manager clicks.
            await context.CreateTimer(context.CurrentUtcDateTime.AddMinutes(1), CancellationToken.None);
            using var stop = new CancellationTokenSource();
            var again = context.WaitForExternalEvent<string>("approved");
            var patience = context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), stop.Token);
            var first = await Task.WhenAny(again, patience);
            stop.Cancel();
            return $"timed out, {(first == again ? await again : "nothing")}";
        });

        await ToldAsync("waiting");
        _clock.Advance(TimeSpan.FromHours(1));
        await ToldAsync("timed out");
        await Client.RaiseEventAsync("deal", "approved", "yes");
        await AdvanceUntilEndedAsync();
        Assert.Equal(expected, await OutputAsync());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_event_to_an_instance_that_has_not_started_is_dropped(bool trap, bool arrives)
    {
        await StartAsync(
            new HubTraps { PendingInstancesDropEvents = trap },
            async context =>
            {
                using var stop = new CancellationTokenSource();
                var wait = context.WaitForExternalEvent<string>("approved");
                var patience = context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), stop.Token);
                var first = await Task.WhenAny(wait, patience);
                stop.Cancel();
                return first == wait;
            },
            startIn: TimeSpan.FromMinutes(1));

        await Client.RaiseEventAsync("deal", "approved", "early");
        await AdvanceUntilEndedAsync();
        Assert.Equal(arrives ? "true" : "false", await OutputAsync(raw: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_open_timer_holds_the_end(bool trap)
    {
        await StartAsync(new HubTraps { OpenTasksHoldTheEnd = trap }, context =>
        {
            _ = context.CreateTimer(context.CurrentUtcDateTime.AddDays(30), CancellationToken.None);
            _told.Enqueue("returned");
            return Task.FromResult<object?>("done");
        });

        await ToldAsync("returned");
        if (trap)
        {
            _clock.Advance(TimeSpan.FromDays(29));
            Assert.Equal(OrchestrationRuntimeStatus.Running, (await Client.GetInstanceAsync("deal"))!.RuntimeStatus);
        }

        await AdvanceUntilEndedAsync();
        Assert.Equal("done", await OutputAsync());
    }

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Completed)]
    [InlineData(false, OrchestrationRuntimeStatus.Failed)]
    public async Task A_step_that_a_new_build_gives_another_input_keeps_the_result_of_the_old_one(
        bool trap, OrchestrationRuntimeStatus expected)
    {
        var traps = new HubTraps { ReplayIgnoresInputs = trap };
        _functions.Activities["echo"] = (input, _) => Task.FromResult<object?>(input);
        await StartAsync(traps, Calling("old"));
        await ToldAsync("old");
        await _hub!.StopAsync();

        _functions.Orchestrators["story"] = Calling("new");
        _hub = NewHub(traps);
        await _hub.StartAsync();
        var refused = await Record.ExceptionAsync(() => Client.RaiseEventAsync("deal", "close", "closed"));
        await AdvanceUntilEndedAsync();
        Assert.True(refused is null || !trap, $"{refused}");
        Assert.Equal(expected, (await Client.GetInstanceAsync("deal"))!.RuntimeStatus);
        if (trap)
        {
            Assert.Equal("old, closed", await OutputAsync());
        }

        OrchestratorFunction Calling(string input) => async context =>
        {
            var echoed = await context.CallActivityAsync<string>("echo", input);
            _told.Enqueue(echoed);
            return $"{echoed}, {await context.WaitForExternalEvent<string>("close")}";
        };
    }

    [Fact]
    public async Task An_event_to_nobody_or_to_an_ended_instance_is_refused_and_an_ended_instance_is_replaced()
    {
        var starts = 0;
        await StartAsync(new HubTraps(), _ => Task.FromResult<object?>($"start {Interlocked.Increment(ref starts)}"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.RaiseEventAsync("nobody", "approved", "yes"));
        await AdvanceUntilEndedAsync();
        Assert.Equal("start 1", await OutputAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.RaiseEventAsync("deal", "approved", "yes"));

        await Client.ScheduleNewOrchestrationInstanceAsync("story", null, new StartOrchestrationOptions("deal"));
        await AdvanceUntilEndedAsync();
        Assert.Equal("start 2", await OutputAsync());
    }

    private async Task StartAsync(HubTraps traps, OrchestratorFunction story, TimeSpan? startIn = null)
    {
        _functions.Orchestrators["story"] = story;
        _hub = NewHub(traps);
        await _hub.StartAsync();
        await Client.ScheduleNewOrchestrationInstanceAsync(
            "story", null, new StartOrchestrationOptions("deal", startIn is { } wait ? _clock.GetUtcNow() + wait : null));
    }

    private TaskHub NewHub(HubTraps traps) => new(
        new EngineOptions { DatabasePath = Path.Combine(_directory.FullName, "hub.db"), TimeProvider = _clock },
        _functions,
        traps,
        NullLoggerFactory.Instance);

    private Task ToldAsync(string what) => Eventually.TrueAsync(() => _told.Contains(what), what);

    private async Task AdvanceUntilEndedAsync() => await Eventually.ValueAsync(
        async () =>
        {
            if (_hub!.Engine.IsAtRest && _hub.Engine.NextTimer is { } next)
            {
                _clock.AdvanceTo(next);
            }

            return await Client.GetInstanceAsync("deal");
        },
        instance => instance!.IsCompleted,
        "the end");

    private async Task<string?> OutputAsync(bool raw = false)
    {
        var output = (await Client.GetInstanceAsync("deal", true))!.SerializedOutput!;
        return raw ? output : System.Text.Json.JsonSerializer.Deserialize<string>(output);
    }
}

using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Tests.DurableHost;
using Workflows.Azure.Tests.Emulator;
using Workflows.Conformance;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>
/// What Durable Functions, in the versions that the app stands on, does to orchestrations that use it as it comes. The
/// adapter is the cure of it; where a version cures a trap, a test here says so, and fails when it comes back.
/// </summary>
public sealed class TrapTests : IAsyncLifetime
{
    // Not a constant: the analyzer looks for the functions of constant names, and this one is made by the test.
    private static readonly string Echo = "echo";

    private readonly VirtualClock _clock = new();
    private readonly DurableFunctions _functions = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();
    private DurableHub? _hub;
    private DurableHostProcess? _process;

    private DurableTaskClient Client => _process!.Client;

    public async Task InitializeAsync() => _hub = new DurableHub(await Azurite.NewAccountAsync(), _clock);

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await _services.DisposeAsync();
    }

    [Fact]
    public async Task A_wait_that_was_given_up_takes_no_event_with_it()
    {
        await StartAsync(async context =>
        {
            using var giveUp = new CancellationTokenSource();
            _ = context.WaitForExternalEvent<string>("approved", giveUp.Token);
            await context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), CancellationToken.None);
            giveUp.Cancel();

            // The reminder is on its way while the manager clicks.
            await context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), CancellationToken.None);
            using var stop = new CancellationTokenSource();
            var again = context.WaitForExternalEvent<string>("approved");
            var timeout = context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), stop.Token);
            var first = await Task.WhenAny(again, timeout);
            stop.Cancel();
            return first == again ? await again : "nothing";
        });

        await PassAsync(TimeSpan.FromHours(1));
        await Client.RaiseEventAsync("deal", "approved", "yes");
        await AdvanceUntilEndedAsync();
        Assert.Equal("yes", await OutputAsync());
    }

    [Fact]
    public async Task An_event_to_an_instance_that_has_not_started_is_dropped()
    {
        await StartAsync(WaitAnHourAsync, startIn: TimeSpan.FromMinutes(1));
        await Client.RaiseEventAsync("deal", "approved", "early");
        await AdvanceUntilEndedAsync();
        Assert.Equal("nothing", await OutputAsync());
    }

    [Fact]
    public async Task An_open_timer_holds_the_end()
    {
        await StartAsync(context =>
        {
            _ = context.CreateTimer(context.CurrentUtcDateTime.AddDays(30), CancellationToken.None);
            return Task.FromResult<object?>("done");
        });

        await PassAsync(TimeSpan.FromDays(29));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await Client.GetInstanceAsync("deal"))!.RuntimeStatus);
        await AdvanceUntilEndedAsync();
        Assert.Equal("done", await OutputAsync());
    }

    [Fact]
    public async Task A_step_that_a_new_build_gives_another_input_keeps_the_result_of_the_old_one()
    {
        _functions.Activities[Echo] = (input, _) => Task.FromResult<object?>(JsonSerializer.Deserialize<string>(input));
        await StartAsync(Calling("old"));
        await PassAsync(TimeSpan.Zero);
        await _process!.DisposeAsync();

        _functions.Orchestrators["story"] = Calling("new");
        await BeginAsync();
        await Client.RaiseEventAsync("deal", "close", "closed");
        await AdvanceUntilEndedAsync();
        Assert.Equal("old, closed", await OutputAsync());

        static OrchestratorFunction Calling(string input) => async context =>
        {
            var echoed = await context.CallActivityAsync<string>(Echo, input);
            return $"{echoed}, {await context.WaitForExternalEvent<string>("close")}";
        };
    }

    [Fact]
    public async Task An_event_to_nobody_or_to_an_ended_instance_is_refused_and_an_ended_instance_is_replaced()
    {
        var starts = 0;
        await StartAsync(context => Task.FromResult<object?>(
            context.IsReplaying ? throw new InvalidOperationException(
                "It ends in its first turn.") : $"start {++starts}"));
        await Assert.ThrowsAnyAsync<Exception>(() => Client.RaiseEventAsync("nobody", "approved", "yes"));
        await AdvanceUntilEndedAsync();
        Assert.Equal("start 1", await OutputAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => Client.RaiseEventAsync("deal", "approved", "yes"));

        await Client.ScheduleNewOrchestrationInstanceAsync("story", null, new StartOrchestrationOptions("deal"));
        await AdvanceUntilEndedAsync();
        Assert.Equal("start 2", await OutputAsync());
    }

    private static async Task<object?> WaitAnHourAsync(TaskOrchestrationContext context)
    {
        using var stop = new CancellationTokenSource();
        var wait = context.WaitForExternalEvent<string>("approved");
        var timeout = context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), stop.Token);
        var first = await Task.WhenAny(wait, timeout);
        stop.Cancel();
        return first == wait ? await wait : "nothing";
    }

    private async Task StartAsync(OrchestratorFunction story, TimeSpan? startIn = null)
    {
        _functions.Orchestrators["story"] = story;
        await BeginAsync();
        await Client.ScheduleNewOrchestrationInstanceAsync(
            "story", null,
            new StartOrchestrationOptions("deal", startIn is { } wait ? _clock.GetUtcNow() + wait : null));
    }

    private async Task BeginAsync() => _process = await DurableHostProcess.StartAsync(
        _hub!, _functions, _services, _services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>(),
        "machine-1");

    private async Task PassAsync(TimeSpan time)
    {
        await SettleAsync();
        _clock.Advance(time);
        await SettleAsync();
    }

    private Task<bool> SettleAsync() =>
        Eventually.ValueAsync(() => _hub!.IsAtRestAsync(), isAtRest => isAtRest, "the hub to be at rest");

    private async Task AdvanceUntilEndedAsync()
    {
        await SettleAsync();
        while (await Client.GetInstanceAsync("deal") is { IsCompleted: false } && _hub!.Timers.NextDue is { } next)
        {
            _clock.AdvanceTo(next);
            await SettleAsync();
        }

        Assert.True((await Client.GetInstanceAsync("deal"))!.IsCompleted);
    }

    private async Task<string?> OutputAsync() =>
        JsonSerializer.Deserialize<string>((await Client.GetInstanceAsync("deal", true))!.SerializedOutput!);
}

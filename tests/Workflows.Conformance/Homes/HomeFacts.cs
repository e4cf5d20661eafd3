using System.Text.Json;
using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// What every group of facts stands on: a home of its own for each fact, and the words the facts are written in.
/// </summary>
public abstract class HomeFacts(HomeFactory factory) : IAsyncLifetime
{
    private readonly List<Gate> _gates = [];
    private int _instances;
    private int _events;
    private IHome? _home;

    /// <summary>Where the home under test is known to differ.</summary>
    protected HomeTraits Traits => factory.Traits;

    /// <summary>The home under test.</summary>
    protected IHome Home => _home ?? throw new InvalidOperationException("The home has not started.");

    /// <inheritdoc cref="IHome.Client"/>
    protected IOrchestrationClient Client => Home.Client;

    /// <summary>What the home logged.</summary>
    protected HomeLog Log { get; } = new();

    /// <summary>Ends any call that hangs.</summary>
    protected CancellationToken Bound { get; } = new CancellationTokenSource(TimeSpan.FromMinutes(10)).Token;

    /// <summary>The code every fact starts with.</summary>
    protected static DurableCatalog Code() => new DurableCatalog()
        .AddOrchestration<Scripted>()
        .AddOrchestration<HandingOver>()
        .AddOrchestration<UntakenLog>()
        .AddOrchestration<EchoStory>()
        .AddOrchestration<OtherEchoStory>()
        .AddActivity<Work>()
        .AddActivity<KeepUntaken>()
        .AddActivity<Echo>()
        .AddActivity<OtherEcho>();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var logging = LoggerFactory.Create(builder => builder.AddProvider(Log));
        _home = await factory.StartAsync(new HomeSetup(Code(), new VirtualClock(), logging));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _gates.ForEach(gate => gate.Open());
        if (_home is not null)
        {
            await _home.DisposeAsync();
        }
    }

    /// <summary>Keeps an orchestration's code.</summary>
    protected static ScriptCall Story(OrchestrationScript script) => ScriptRegistry.Add(script);

    /// <summary>Keeps an activity's code.</summary>
    protected static ScriptCall Step(ActivityScript script) => ScriptRegistry.Add(script);

    /// <summary>An activity that only does something, at once.</summary>
    protected static ScriptCall Step(Action act) => Step((_, _) =>
    {
        act();
        return Task.FromResult<object?>(null);
    });

    /// <summary>An activity that waits at a gate, and then gives its input back.</summary>
    protected static ScriptCall StepThrough(Gate gate) => Step(async (context, call) =>
    {
        await gate.PassAsync(context.Stopping);
        return call.Input;
    });

    /// <summary>A gate that is open, at the latest, when the fact is over.</summary>
    protected Gate NewGate()
    {
        var gate = new Gate();
        _gates.Add(gate);
        return gate;
    }

    /// <summary>An instance id that this fact has not used.</summary>
    protected string NewId() => $"instance-{Interlocked.Increment(ref _instances)}";

    /// <summary>Starts a new instance.</summary>
    protected Task<string> StartAsync(OrchestrationScript script) => StartAsync(Story(script));

    /// <summary>Starts a new instance.</summary>
    protected async Task<string> StartAsync(ScriptCall call, string? id = null)
    {
        var outcome = await ScheduleAsync(call, new ScheduleOptions(id ?? NewId()));
        Assert.True(outcome.Created);
        return outcome.InstanceId;
    }

    /// <summary>Schedules a scripted instance.</summary>
    protected Task<ScheduleOutcome> ScheduleAsync(ScriptCall call, ScheduleOptions options) =>
        Scripted.ScheduleAsync(Client, call, options, Bound);

    /// <summary>Raises an event under an id that nobody has used.</summary>
    protected Task<RaiseOutcome> RaiseAsync(string id, string name, object? payload = null) =>
        Client.RaiseEventAsync(id, name, payload, $"event-{Interlocked.Increment(ref _events)}", Bound);

    /// <summary>Raises an event that must be taken.</summary>
    protected async Task GiveAsync(string id, string name, object? payload = null) =>
        Assert.Equal(RaiseOutcome.Accepted, await RaiseAsync(id, name, payload));

    /// <summary>The instance, which must exist.</summary>
    protected async Task<OrchestrationState> StateAsync(string id)
    {
        var state = await Client.GetAsync(id, Bound);
        Assert.NotNull(state);
        return state;
    }

    /// <summary>Nothing about the instance has changed since it was read.</summary>
    protected async Task UnchangedAsync(OrchestrationState before) => Assert.Equal(
        JsonSerializer.Serialize(before, DurableJson.Options),
        JsonSerializer.Serialize(await StateAsync(before.InstanceId), DurableJson.Options));

    /// <summary>Waits for a status.</summary>
    protected Task<OrchestrationState> StatusAsync(string id, OrchestrationStatus status) =>
        Eventually.ValueAsync(() => StateAsync(id), state => state.Status == status, $"{id} to be {status}");

    /// <summary>Waits for the end.</summary>
    protected async Task<OrchestrationState> EndAsync(string id)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Bound);
        timeout.CancelAfter(Eventually.Bound);
        try
        {
            var state = await Client.WaitForCompletionAsync(id, timeout.Token);
            Assert.NotNull(state);
            return state;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{id} did not end. Last seen: {await Client.GetAsync(id, Bound)}");
        }
    }

    /// <summary>Waits for the end, which must be a good one, and reads the result.</summary>
    protected async Task<T> ResultAsync<T>(string id)
    {
        var state = await EndAsync(id);
        Assert.True(
            state.Status == OrchestrationStatus.Completed, $"{id} is {state.Status}: {state.Failure} {state.Reason}");
        return state.ReadOutput<T>()!;
    }

    /// <summary>Waits for the end, which must be a failure, and gives its details.</summary>
    protected async Task<FailureDetails> FailureAsync(string id)
    {
        var state = await EndAsync(id);
        Assert.Equal(OrchestrationStatus.Failed, state.Status);
        Assert.NotNull(state.Failure);
        return state.Failure;
    }

    /// <summary>It is logged: a line, at least a warning, names the instance.</summary>
    protected void AlertedOf(string id) => Assert.Contains(Log.Lines, line =>
        line.Level >= LogLevel.Warning && line.Text.Contains(id, StringComparison.Ordinal));

    /// <summary>
    /// Lets the home have a round of everything: a newly started instance runs, its timer for this very moment fires,
    /// its activity ends. What was due before it and has not happened by then is not going to.
    /// </summary>
    protected async Task RoundAsync()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(context.UtcNow);
            return await Echo.CallAsync(context, "round");
        });
        Assert.Equal("round", await ResultAsync<string>(id));
        await Home.SettleAsync(_gates.Sum(gate => gate.Waiting));
    }
}

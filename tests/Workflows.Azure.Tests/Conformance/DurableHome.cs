using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable.Signals;
using Workflows.Azure.Tests.DurableHost;
using Workflows.Azure.Tests.Emulator;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>
/// The Azure home on Durable's own host extension, with its tables and mails on the same account in the emulator.
/// </summary>
internal sealed class DurableHome : IHome
{
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly HomeSetup _setup;
    private readonly DurableHub _hub;
    private DurableCatalog _catalog;
    private DurableProcess _process;
    private readonly List<DurableProcess> _dead = [];

    private DurableHome(HomeSetup setup, DurableHub hub, DurableProcess process)
    {
        _setup = setup;
        _hub = hub;
        _catalog = setup.Catalog;
        _process = process;
    }

    public IOrchestrationClient Client => _process.Client;

    public ITableStore Tables => _process.Tables;

    public IMailOutbox Mail => _process.Mail;

    public DateTimeOffset Now => _setup.Clock.GetUtcNow();

    /// <summary>What happens to the calls of clients.</summary>
    public HostFaults Faults => _hub.Faults;

    /// <inheritdoc cref="DurableHub.Meter"/>
    public DurableMeter Meter => _hub.Meter;

    /// <summary>Durable's own client, as a function is handed it.</summary>
    public DurableTaskClient Durable => _process.Durable;

    /// <summary>How many activities its process was given.</summary>
    public int Activities => _process.Activities;

    public WakeUpOutbox WakeUpOutbox => _process.WakeUpOutbox;

    public static async Task<IHome> StartAsync(HomeSetup setup)
    {
        var hub = new DurableHub(await Azurite.NewAccountAsync(), setup.Clock);
        return new DurableHome(setup, hub, await DurableProcess.StartAsync(setup, setup.Catalog, hub, "machine-1"));
    }

    /// <summary>What cannot be delivered stays in its queue, so this waits for a while only.</summary>
    public async Task SettleAsync(int held)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < 2 && TimeProvider.System.GetElapsedTime(start) < LongestSettling;)
        {
            quiet = await _hub.IsAtRestAsync(held) ? quiet + 1 : 0;
            await Task.Delay(BetweenLooks, TimeProvider.System);
        }
    }

    public Task AdvanceAsync(TimeSpan by)
    {
        _setup.Clock.Advance(by);
        return Task.CompletedTask;
    }

    public Task JumpAsync(TimeSpan by)
    {
        _setup.Clock.Jump(by);
        return Task.CompletedTask;
    }

    public async Task RestartAsync(DurableCatalog? catalog = null, TimeSpan downtime = default)
    {
        await _process.StopAsync();
        _dead.Add(_process);
        _setup.Clock.Advance(downtime);
        _catalog = catalog ?? _catalog;
        _process = await DurableProcess.StartAsync(_setup, _catalog, _hub, "machine-1");
    }

    public async Task CrashAndRestartAsync()
    {
        await _process.DieAsync();
        _dead.Add(_process);
        _process = await DurableProcess.StartAsync(_setup, _catalog, _hub, "machine-1");
    }

    /// <inheritdoc cref="StorageLine.CutBeforeRowOf"/>
    public StorageLine CutBeforeRowOf(string instanceId) => _process.CutBeforeRowOf(instanceId);

    /// <summary>Another process of the app on the same hub and account.</summary>
    public async Task<IHome> StartSecondAsync() =>
        new DurableHome(_setup, _hub, await DurableProcess.StartAsync(_setup, _catalog, _hub, "machine-2"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _dead.Append(_process))
        {
            await process.DisposeAsync();
        }
    }
}

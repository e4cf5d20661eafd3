using Microsoft.DurableTask.Hub;
using Workflows.Azure.Durable.Signals;
using Workflows.Conformance;
using Workflows.Engine;
using Workflows.Engine.Tests.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>
/// The Durable adapter on a task hub with all of Durable's traps, on a virtual clock. The hub's file keeps the tables too,
/// so that both die at the same moment.
/// </summary>
internal sealed class DurableHome : IHome
{
    private readonly HomeSetup _setup;
    private readonly HubTraps _traps;
    private readonly DirectoryInfo _directory;
    private DurableCatalog _catalog;
    private string _file;
    private Life _life;
    private int _lives;

    private DurableHome(HomeSetup setup, HubTraps traps)
    {
        _setup = setup;
        _traps = traps;
        _catalog = setup.Catalog;
        _directory = Directory.CreateTempSubdirectory("workflows-durable-");
        _file = NewPlace();
        _life = new Life(this);
    }

    public IOrchestrationClient Client => _life.Client;

    public ITableStore Tables => _life.Hub.Engine.Tables;

    public IMailOutbox Mail => _life.Hub.Engine.Mail;

    public TaskHub Hub => _life.Hub;

    public WakeUps WakeUps => _life.WakeUps;

    public DateTimeOffset Now => _setup.Clock.GetUtcNow();

    public static async Task<IHome> StartAsync(HomeSetup setup, HubTraps traps)
    {
        var home = new DurableHome(setup, traps);
        await home._life.Hub.StartAsync();
        return home;
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
        await _life.StopAsync();
        _setup.Clock.Advance(downtime);
        _catalog = catalog ?? _catalog;
        _life = new Life(this);
        await _life.Hub.StartAsync();
    }

    public async Task CrashAndRestartAsync()
    {
        var (dead, deadFile) = (_life, _file);
        _file = NewPlace();
        DatabaseCopy.TakeAsItStands(deadFile, _file);
        _life = new Life(this);
        await _life.Hub.StartAsync();
        dead.Options.StopGrace = TimeSpan.Zero;
        await dead.StopAsync();
    }

    /// <summary>Another process of the app, which takes its share of what the hub has to be done.</summary>
    public Task<IHome> StartSecondAsync() => Task.FromResult<IHome>(new DurableHomeBeside(this, _life.Begin(_catalog, _setup)));

    public async ValueTask DisposeAsync()
    {
        _life.Options.StopGrace = TimeSpan.Zero;
        await _life.StopAsync();
        _directory.Delete(recursive: true);
    }

    private string NewPlace() => Path.Combine(_directory.CreateSubdirectory($"life-{++_lives}").FullName, "hub.db");

    /// <summary>The hub from one start to the next, with the processes of the app that it hands work to in turn.</summary>
    private sealed class Life
    {
        private readonly DurableProcess _first;
        private DurableProcess[] _processes;
        private int _calls;

        public Life(DurableHome home)
        {
            Options = new EngineOptions
            {
                DatabasePath = home._file,
                TimeProvider = home._setup.Clock,
                StopGrace = TimeSpan.FromSeconds(5),
                // The envelope of an input and a page of events are larger than what they carry.
                MaxPayloadBytes = 64 * 1024 * 1024,
            };
            _first = new DurableProcess(home._catalog, home._setup, () => Hub!);
            _processes = [_first];
            Hub = new TaskHub(Options, InTurn(_first.Functions), home._traps, home._setup.Logging);
            _first.Join(Hub);
        }

        public EngineOptions Options { get; }

        public TaskHub Hub { get; }

        public IOrchestrationClient Client => _first.Client;

        public WakeUps WakeUps => _first.WakeUps;

        public DurableProcess Begin(DurableCatalog catalog, HomeSetup setup)
        {
            var process = new DurableProcess(catalog, setup, () => Hub).Join(Hub);
            _processes = [.. _processes, process];
            return process;
        }

        public Task StopAsync() => Hub.StopAsync();

        private HubFunctions InTurn(HubFunctions names)
        {
            var functions = new HubFunctions();
            foreach (var name in names.Orchestrators.Keys)
            {
                functions.Orchestrators.Add(name, context => Next().Functions.Orchestrators[name](context));
            }

            foreach (var name in names.Activities.Keys)
            {
                functions.Activities.Add(name, (input, stopping) => Next().Functions.Activities[name](input, stopping));
            }

            return functions;
        }

        private DurableProcess Next()
        {
            var processes = _processes;
            var process = processes[(uint)Interlocked.Increment(ref _calls) % (uint)processes.Length];
            process.Calls.Hit();
            return process;
        }
    }
}

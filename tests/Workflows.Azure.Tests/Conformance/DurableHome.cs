using Microsoft.DurableTask.Hub;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Durable;
using Workflows.Azure.Durable.Functions;
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

    public Task<IHome> StartSecondAsync() =>
        throw new NotSupportedException("Another process has the hub in use: it stands on a file of one process.");

    public async ValueTask DisposeAsync()
    {
        _life.Options.StopGrace = TimeSpan.Zero;
        await _life.StopAsync();
        _directory.Delete(recursive: true);
    }

    private string NewPlace() => Path.Combine(_directory.CreateSubdirectory($"life-{++_lives}").FullName, "hub.db");

    /// <summary>One process of the app, and of the hub it talks to.</summary>
    private sealed class Life
    {
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
            var services = new ServiceCollection()
                .AddSingleton(home._catalog)
                .AddSingleton<TimeProvider>(home._setup.Clock)
                .AddSingleton(home._setup.Logging)
                .AddSingleton(_ => Hub!.Engine.Tables)
                .AddSingleton(_ => Hub!.Engine.Mail)
                .AddDurable()
                .BuildServiceProvider();
            Hub = new TaskHub(Options, FunctionsOf(home._catalog, services), home._traps, home._setup.Logging);
            services.GetRequiredService<DurableClient>().Use(Hub.Client);
            Client = services.GetRequiredService<IOrchestrationClient>();
            WakeUps = services.GetRequiredService<WakeUps>();
        }

        public EngineOptions Options { get; }

        public TaskHub Hub { get; }

        public IOrchestrationClient Client { get; }

        public WakeUps WakeUps { get; }

        public Task StopAsync() => Hub.StopAsync();

        /// <summary>The facts' own orchestrations and activities, and the adapter's functions as the app has them.</summary>
        private HubFunctions FunctionsOf(DurableCatalog catalog, IServiceProvider services)
        {
            var app = new Hosting.FunctionsHost(services) { Client = () => Hub.Client };
            var functions = new HubFunctions();
            foreach (var name in app.Durable().Activities.Where(f => app.Functions[f.Key].DeclaringType == typeof(OwnActivities)))
            {
                functions.Activities.Add(name.Key, name.Value);
            }

            foreach (var orchestration in catalog.Orchestrations)
            {
                functions.Orchestrators.Add(
                    orchestration.Name, async context => await services.GetRequiredService<OrchestrationRunner>().RunAsync(context));
            }

            foreach (var activity in catalog.Activities)
            {
                functions.Activities.Add(activity.Name, async (input, stopping) =>
                    await services.GetRequiredService<ActivityRunner>().RunAsync(activity.Name, HubJson.Read<ActivityCall>(input), stopping));
            }

            return functions;
        }
    }
}

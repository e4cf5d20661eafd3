using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Conformance;

/// <summary>The engine on a SQLite file of its own and a virtual clock; it can simulate a crash.</summary>
internal sealed class SqliteHome : IHome
{
    private readonly HomeSetup _setup;
    private readonly DirectoryInfo _directory;
    private DurableCatalog _catalog;
    private string _file;
    private EngineOptions _options;
    private DurableEngine _engine;
    private VersionPolicy _versions = VersionPolicy.Any;
    private int _lives;

    private SqliteHome(HomeSetup setup)
    {
        _setup = setup;
        _catalog = setup.Catalog;
        _directory = Directory.CreateTempSubdirectory("workflows-conformance-");
        _file = NewPath();
        (_options, _engine) = NewEngine();
    }

    public IOrchestrationClient Client => _engine.Client;

    public ITableStore Tables => _engine.Tables;

    public IMailOutbox Mail => _engine.Mail;

    public DateTimeOffset Now => _setup.Clock.GetUtcNow();

    public static async Task<IHome> StartAsync(HomeSetup setup)
    {
        var home = new SqliteHome(setup);
        await home._engine.StartAsync();
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
        await _engine.StopAsync();
        _setup.Clock.Advance(downtime);
        _catalog = catalog ?? _catalog;
        (_options, _engine) = NewEngine();
        await _engine.StartAsync();
    }

    public Task RestartAsync(VersionPolicy versions)
    {
        _versions = versions;
        return RestartAsync();
    }

    /// <summary>
    /// Copies what is committed at this moment, as a process leaves it when it dies, and starts a new engine on the
    /// copy. The old engine is stopped on its old file, where nothing reads what it still writes.
    /// </summary>
    public async Task CrashAndRestartAsync()
    {
        var (dead, deadOptions, deadFile) = (_engine, _options, _file);
        _file = NewPath();
        DatabaseCopy.TakeAsItStands(deadFile, _file);
        (_options, _engine) = NewEngine();
        await _engine.StartAsync();
        deadOptions.StopGrace = TimeSpan.Zero;
        await dead.StopAsync();
    }

    public async Task<IHome> StartSecondAsync()
    {
        var (_, second) = NewEngine();
        await using (second)
        {
            await second.StartAsync();
        }

        throw new InvalidOperationException("The lock of the first engine should have refused the second one.");
    }

    public async ValueTask DisposeAsync()
    {
        _options.StopGrace = TimeSpan.Zero;
        await _engine.StopAsync();
        _directory.Delete(recursive: true);
    }

    private string NewPath() =>
        Path.Combine(_directory.CreateSubdirectory($"life-{++_lives}").FullName, "workflows.db");

    private (EngineOptions Options, DurableEngine Engine) NewEngine()
    {
        var options = new EngineOptions
        {
            DatabasePath = _file,
            TimeProvider = _setup.Clock,
            Versions = _versions,
            StopGrace = TimeSpan.FromSeconds(5),
        };
        var services = new ServiceCollection().BuildServiceProvider();
        return (options, new DurableEngine(options, _catalog, services, _setup.Logging));
    }
}

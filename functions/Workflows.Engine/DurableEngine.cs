using Microsoft.Extensions.Logging;
using Workflows.Engine.Activities;
using Workflows.Engine.Clients;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Mails;
using Workflows.Engine.Storage;
using Workflows.Engine.Tables;
using Workflows.Engine.Timers;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine;

/// <summary>
/// A durable home on one SQLite file: orchestrations, tables and a mail outbox. It must be started before it is used.
/// What it has acknowledged is not lost when the process dies; the next start continues the work that was under way.
/// </summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly ILogger _log;
    private readonly Database _database;
    private readonly InstanceRegistry _registry;
    private readonly ActivityServices _activities;
    private readonly ActivityPool _pool;
    private readonly MailSignal _mailSignal = new();
    private CancellationTokenSource _stopping = new();
    private Task _recovery = Task.CompletedTask;

    /// <summary>Creates an engine. <see cref="StartAsync"/> opens its file.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="catalog">The orchestrations and activities that it can run.</param>
    /// <param name="services">The services that activities are created with.</param>
    /// <param name="logging">Creates its logger, and those of orchestrations.</param>
    public DurableEngine(
        EngineOptions options, DurableCatalog catalog, IServiceProvider services, ILoggerFactory logging)
    {
        _options = options;
        _log = logging.CreateLogger("Workflows.Engine");
        _database = new Database(options, _log);
        var payloads = new Payloads(options.MaxPayloadBytes);
        var outbox = new MailOutbox(_database, options, _mailSignal);
        _activities = new ActivityServices(_database, options, catalog, payloads, outbox, services);
        _pool = new ActivityPool(_activities, options.MaxConcurrentActivities);
        var turns = new TurnServices(catalog, payloads, logging, () => _database.FileId);
        _registry = new InstanceRegistry(_database, options, turns, _pool, _mailSignal, _log);
        Client = new OrchestrationClient(_database, _registry, payloads, catalog);
        Tables = new TableStore(_database, options);
        Mail = outbox;
        var mailQueue = new MailQueue(_database, options.TimeProvider, _mailSignal);
        MailQueue = mailQueue;
        MailRetries = mailQueue;
    }

    /// <summary>
    /// The client for orchestrations. Its calls throw <see cref="InvalidOperationException"/> while the engine is not
    /// running.
    /// </summary>
    public IOrchestrationClient Client { get; }

    /// <summary>
    /// The tables of business rows. Its calls throw <see cref="InvalidOperationException"/> while the engine is not
    /// running.
    /// </summary>
    public ITableStore Tables { get; }

    /// <summary>
    /// The mail outbox. Its calls throw <see cref="InvalidOperationException"/> while the engine is not running.
    /// </summary>
    public IMailOutbox Mail { get; }

    /// <summary>The outbox as seen by the service that delivers the mails.</summary>
    public IMailQueue MailQueue { get; }

    /// <summary>The outbox for a person who has a mail sent again.</summary>
    public IMailRetries MailRetries { get; }

    /// <summary>
    /// Whether nothing is under way at this moment: no turn, no activity, no due timer. For tests that move a virtual
    /// clock; a thread may be about to begin something, so check more than once.
    /// </summary>
    public bool IsAtRest =>
        _database.IsOpen && _recovery.IsCompleted && !_registry.HasWork && !_registry.Timers.IsFiring;

    /// <summary>
    /// When the next durable timer is due, UTC; null when there is none. For tests that move a virtual clock, at rest.
    /// </summary>
    public DateTimeOffset? NextTimer => _database.IsOpen ? _registry.Timers.NextDue : null;

    internal Writer Writer => _database.Writer;

    internal InstanceRegistry Registry => _registry;

    /// <summary>Opens the file and continues the work that was under way.</summary>
    /// <exception cref="InvalidOperationException">
    /// Another engine has the file open, a newer build wrote it, or it has lost commits.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (_database.IsOpen)
        {
            throw new InvalidOperationException("The engine is running already.");
        }

        _database.Open();
        await _database.Writer.WriteAsync(MailStatements.MarkInterrupted);
        _stopping = new CancellationTokenSource();
        _activities.Stopping = _stopping.Token;
        _registry.CameFromCrash = _database.CameFromCrash;
        _registry.IsStopping = false;
        _registry.Timers = new TimerDispatcher(_database, _registry, _options.TimeProvider, _log);
        _pool.Open();
        var working = _database.Readers.Read(WorkStatements.ReadWorking);
        _recovery = _registry.RecoverAsync(working, _stopping.Token);
        _registry.Timers.FireDue();
    }

    /// <summary>
    /// Stops: refuses new work, waits for running activities up to <see cref="EngineOptions.StopGrace"/>, writes what
    /// is queued and closes the file.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (!_database.IsOpen || _registry.IsStopping)
        {
            return;
        }

        _registry.IsStopping = true;
        _registry.Timers.Dispose();
        await _stopping.CancelAsync();
        await Task.WhenAny(_recovery, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation));
        var idle = _pool.StopAsync();
        await Task.WhenAny(idle, Task.Delay(_options.StopGrace, TimeProvider.System, cancellation));
        await SettleAsync();
        _database.Close();
        _registry.Clear();
        _stopping.Dispose();
    }

    /// <summary>
    /// Waits until the results of completed activities are written, so that those need not run again.
    /// </summary>
    private async Task SettleAsync()
    {
        for (var tries = 0; tries < 200 && _registry.IsActive && _database.Writer.StorageFailure is null; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    /// <summary>Stops the engine.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();
}

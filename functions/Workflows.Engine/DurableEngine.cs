using Microsoft.Extensions.Logging;
using Workflows.Engine.Mails;
using Workflows.Engine.Storage;
using Workflows.Engine.Tables;
using Workflows.Platform;

namespace Workflows.Engine;

/// <summary>
/// A durable home on one SQLite file: orchestrations, tables and outbox. Start it before use; nothing it was given is lost
/// when the process dies, and a new start goes on where it was.
/// </summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly DurableCatalog _catalog;
    private readonly IServiceProvider _services;
    private readonly ILogger _log;
    private readonly Database _database;
    private readonly MailSignal _mailSignal = new();

    /// <summary>Prepares an engine; it opens its file when it is started.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="catalog">What it can run.</param>
    /// <param name="services">What activities are built from.</param>
    /// <param name="logging">Where it logs.</param>
    public DurableEngine(
        EngineOptions options, DurableCatalog catalog, IServiceProvider services, ILoggerFactory logging)
    {
        _options = options;
        _catalog = catalog;
        _services = services;
        _log = logging.CreateLogger("Workflows.Engine");
        _database = new Database(options, _log);
        Tables = new TableStore(_database, options.TimeProvider);
        Mail = new MailOutbox(_database, options, _mailSignal);
        MailQueue = new MailQueue(_database, options.TimeProvider, _mailSignal);
    }

    /// <summary>The way in for orchestrations. Its calls throw <see cref="InvalidOperationException"/> while the engine is not running.</summary>
    public IOrchestrationClient Client => throw new NotSupportedException("Orchestrations come with the next change.");

    /// <summary>The business rows. Its calls throw <see cref="InvalidOperationException"/> while the engine is not running.</summary>
    public ITableStore Tables { get; }

    /// <summary>The outbox. Its calls throw <see cref="InvalidOperationException"/> while the engine is not running.</summary>
    public IMailOutbox Mail { get; }

    /// <summary>The outbox as what delivers mails sees it.</summary>
    public IMailQueue MailQueue { get; }

    internal Writer Writer => _database.Writer;

    /// <summary>Opens the file and takes up the work that was under way.</summary>
    /// <exception cref="InvalidOperationException">Another engine has the file, or a newer build wrote it.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (_database.IsOpen)
        {
            throw new InvalidOperationException("The engine is running already.");
        }

        _database.Open();
        await _database.Writer.WriteAsync(MailStatements.MarkInterrupted);
    }

    /// <summary>Stops taking work, waits a while for what runs, writes what is in line and closes the file.</summary>
    public Task StopAsync(CancellationToken cancellation = default)
    {
        _database.Close();
        return Task.CompletedTask;
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();
}

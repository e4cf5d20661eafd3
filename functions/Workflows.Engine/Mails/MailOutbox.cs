using System.Globalization;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Mails;

/// <summary>The outbox outside of activities.</summary>
internal sealed class MailOutbox(Database database, EngineOptions options, MailSignal signal) : IMailOutbox
{
    public async Task EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var pending = Prepare(mail);
        await database.Writer.WriteAsync(connection => MailStatements.Insert(connection, pending));
        signal.Set();
    }

    public Task<MailRecord?> GetAsync(string mailId, CancellationToken cancellation = default) =>
        Task.FromResult(database.Readers.Read(mailId, MailStatements.Find));

    public Task<Page<MailRecord>> QueryAsync(MailQuery query, CancellationToken cancellation = default)
    {
        if (query.PageSize is < 1 or > 1000)
        {
            throw new ArgumentException("A page holds 1 to 1,000 mails.", nameof(query));
        }

        var before = long.MaxValue;
        if (query.Continuation is not null
            && !long.TryParse(query.Continuation, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            throw new ArgumentException("The continuation is not one that this outbox gave.", nameof(query));
        }

        var mails = database.Readers.Read(
            connection => MailStatements.Read(connection, query, before, query.PageSize + 1));
        var hasMore = mails.Count > query.PageSize;
        var page = mails.Take(query.PageSize).ToList();
        return Task.FromResult(new Page<MailRecord>(
            page.ConvertAll(mail => mail.Mail),
            hasMore ? page[^1].Seq.ToString(CultureInfo.InvariantCulture) : null));
    }

    /// <exception cref="ArgumentException">The mail is invalid or too large.</exception>
    public PendingMail Prepare(OutgoingMail mail)
    {
        mail.ThrowIfInvalid();
        var encoded = MailStatements.Encode(mail);
        if (encoded.Length > options.MaxPayloadBytes)
        {
            throw new ArgumentException($"A mail is at most {options.MaxPayloadBytes} bytes.", nameof(mail));
        }

        return new PendingMail(mail, options.TimeProvider.GetUtcNow().UtcTicks, encoded);
    }
}

/// <summary>The outbox within an activity: what it enqueues is committed with its completion, or not at all.</summary>
internal sealed class ActivityMail(MailOutbox outbox) : IMailOutbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingMail> _pending = new(StringComparer.Ordinal);

    public bool IsEmpty => _pending.Count == 0;

    public Task EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var pending = outbox.Prepare(mail);
        lock (_gate)
        {
            _pending.TryAdd(mail.Id, pending);
        }

        return Task.CompletedTask;
    }

    public async Task<MailRecord?> GetAsync(string mailId, CancellationToken cancellation = default)
    {
        if (await outbox.GetAsync(mailId, cancellation) is { } committed)
        {
            return committed;
        }

        lock (_gate)
        {
            if (!_pending.TryGetValue(mailId, out var pending))
            {
                return null;
            }

            var enqueued = new DateTimeOffset(pending.At, TimeSpan.Zero);
            return new MailRecord(pending.Mail, MailStatus.Queued, enqueued, null, 0, null);
        }
    }

    public Task<Page<MailRecord>> QueryAsync(MailQuery query, CancellationToken cancellation = default) =>
        outbox.QueryAsync(query, cancellation);

    /// <summary>Writes the pending mails. Called by the writer, within its transaction.</summary>
    public void Write(Connection connection)
    {
        foreach (var mail in _pending.Values)
        {
            MailStatements.Insert(connection, mail);
        }
    }
}

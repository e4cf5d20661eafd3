using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Mails;

/// <summary>The outbox for those who deliver mails and who have them sent again.</summary>
internal sealed class MailQueue(Database database, TimeProvider clock, MailSignal signal) : IMailQueue, IMailRetries
{
    // A longer wait is divided: the clock may be moved meanwhile, which a timer does not notice.
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    public async Task WaitAsync(CancellationToken cancellation)
    {
        var next = signal.Next;
        var due = database.Readers.Read(MailStatements.NextDue);
        var wait = due is null ? (TimeSpan?)null : new DateTimeOffset(due.Value, TimeSpan.Zero) - clock.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        if (wait is null)
        {
            await next.WaitAsync(cancellation);
            return;
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(next, Task.Delay(wait.Value < MaxWait ? wait.Value : MaxWait, clock, late.Token));
        await late.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    public Task<IReadOnlyList<MailRecord>> TakeAsync(int most, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow().UtcTicks;
        return database.Writer.WriteAsync<IReadOnlyList<MailRecord>>(
            connection => MailStatements.Take(connection, now, most));
    }

    public Task ReportSentAsync(string mailId, CancellationToken cancellation) =>
        Report(mailId, MailStatus.Sent, clock.GetUtcNow().UtcTicks, error: null);

    public Task ReportFailedAsync(string mailId, string error, CancellationToken cancellation) =>
        Report(mailId, MailStatus.Failed, sent: null, error);

    public Task ReportUnknownAsync(string mailId, string error, CancellationToken cancellation) =>
        Report(mailId, MailStatus.Unknown, sent: null, error);

    public async Task RetryAtAsync(string mailId, DateTimeOffset at, string error, CancellationToken cancellation)
    {
        await database.Writer.WriteAsync(connection => MailStatements.Retry(connection, mailId, at.UtcTicks, error));
        signal.Set();
    }

    public async Task<bool> SendAgainAsync(string mailId, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow().UtcTicks;
        var isQueued = await database.Writer.WriteAsync(
            connection => MailStatements.SendAgain(connection, mailId, now));
        signal.Set();
        return isQueued;
    }

    private Task<bool> Report(string mailId, MailStatus status, long? sent, string? error) =>
        database.Writer.WriteAsync(connection => MailStatements.Report(connection, mailId, status, sent, error));
}

using Microsoft.Extensions.Logging;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Sweeps;

/// <summary>Which sweep.</summary>
public enum SweepKind
{
    /// <summary>Unsettled invoices, once a working day.</summary>
    Receivables,

    /// <summary>Deals whose buyer waits for us, once in each hour of work.</summary>
    Responses,

    /// <summary>Every other deal, and inquiries that nobody got to see, once a working day.</summary>
    Deals,
}

/// <summary>What a look has found.</summary>
/// <param name="Period">The day or hour, in the company's zone.</param>
/// <param name="Looked">How much is open.</param>
/// <param name="NotLookedAt">
/// How much of it could not be looked at or notified of, as the log says: the next look tries again.
/// </param>
/// <param name="Unattended">How much of the rest nothing moves any more.</param>
/// <param name="MailsSent">To whom it was news.</param>
/// <param name="MailsPutOff">They go with the next look.</param>
public sealed record SweepReport(
    string Period, int Looked, int NotLookedAt, int Unattended, int MailsSent, int MailsPutOff);

/// <summary>
/// A look at everything open of a kind: people are notified of what stands still. It changes nothing, and is about the
/// present: one look makes up for all that were missed.
/// </summary>
/// <remarks>
/// Every open item's instance is read by its id. The read model alone would not do: an instance that has failed shows
/// there only when its next date has passed, weeks later. Nor would a query by status: it finds none that are gone, and
/// Durable Functions has no index for it, so that it reads every instance that is kept, closed ones included. The daily
/// look at deals alone asks in that way as well, once, for inquiries that failed before any table knew them: what is
/// kept is bounded by the policy's retention.
/// </remarks>
public abstract class Sweep
{
    /// <summary>Reads that are under way at a time.</summary>
    private const int AtATime = 16;

    private readonly IOrchestrationClient _client;
    private readonly IMailOutbox _outbox;

    internal Sweep(IOrchestrationClient client, IMailOutbox outbox)
    {
        _client = client;
        _outbox = outbox;
    }

    internal abstract SweepKind Kind { get; }

    /// <summary>The period of a moment, UTC; null when there is none then.</summary>
    internal abstract string? PeriodOf(DateTimeOffset now, CompanyPolicy company);

    /// <summary>
    /// Looks at everything open. What goes wrong with one item is logged, and keeps it from none of the others.
    /// </summary>
    internal async Task<SweepReport> LookAsync(SweepState state, ILogger log, CancellationToken cancellation)
    {
        var notifications = new NotificationBatch(_outbox, cancellation);
        var (looked, notLookedAt, unattended) = (0, 0, 0);
        await foreach (var page in ListAsync(cancellation))
        {
            foreach (var items in page.Chunk(AtATime))
            {
                var checks = items.Select(
                    item => (item.InstanceId, StalledItem: CheckAsync(item, state.LastLook, cancellation)))
                    .ToList();
                await Task.WhenAll(checks.Select(Task (check) => check.StalledItem))
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                foreach (var (id, check) in checks)
                {
                    try
                    {
                        if (await check is { } stalled)
                        {
                            await NotifyAsync(id, stalled, notifications, cancellation);
                            unattended++;
                        }
                    }
                    catch (Exception trouble) when (IsOfItsOwn(trouble))
                    {
                        Log.NotLookedAt(log, Kind, state.Period, id, trouble);
                        notLookedAt++;
                    }
                }

                looked += items.Length;
            }
        }

        return new SweepReport(state.Period, looked, notLookedAt, unattended, notifications.Sent, notifications.PutOff);
    }

    /// <summary>Whether it is one item's trouble: else the whole look breaks off, and is taken up again.</summary>
    private protected static bool IsOfItsOwn(Exception trouble) =>
        trouble is not (OperationCanceledException or HomeUnavailableException);

    /// <summary>What is open, page by page; the same may come twice when it changes meanwhile.</summary>
    private protected abstract IAsyncEnumerable<IReadOnlyList<OpenItem>> ListAsync(CancellationToken cancellation);

    /// <summary>An item as it is now; null when it is not open any more.</summary>
    private protected abstract Task<OpenItem?> FindAsync(OpenItem item, CancellationToken cancellation);

    /// <summary>Notifies people.</summary>
    private protected abstract Task NotifyAsync(
        string id, StalledItem stalled, NotificationBatch notifications, CancellationToken cancellation);

    private async Task<StalledItem?> CheckAsync(
        OpenItem listed, DateTimeOffset? lastLook, CancellationToken cancellation)
    {
        OrchestrationState? instance;
        try
        {
            instance = await _client.GetAsync(listed.InstanceId, cancellation);
        }
        catch (DamagedDataException damage)
        {
            // It runs no more, and must not keep the others from being looked at.
            return LivenessCheck.Damaged(listed, damage);
        }

        if (LivenessCheck.Of(listed, instance, lastLook) is null)
        {
            return null;
        }

        // It may have gone on since it was listed. What an instance has done is written before it says so itself.
        return await FindAsync(listed, cancellation) is { } item ? LivenessCheck.Of(item, instance, lastLook) : null;
    }
}

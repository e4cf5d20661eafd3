using Workflows.Platform;

namespace Workflows.Web.Hosting.Health;

/// <summary>
/// Whether requests can be served. Strangers may ask, and one look writes to the disk: all who ask within
/// <see cref="Period"/> share one look.
/// </summary>
internal sealed class Readiness(
    ITableStore tables, IMailOutbox mails, IOrchestrationClient orchestrations, TimeProvider clock)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<HealthReport>? _latest;
    private long _began;

    public Task<HealthReport> ReadAsync()
    {
        lock (_lock)
        {
            if (_latest is null || (_latest.IsCompleted && clock.GetElapsedTime(_began) >= Period))
            {
                _began = clock.GetTimestamp();
                _latest = ProbeAsync();
            }

            return _latest;
        }
    }

    private async Task<HealthReport> ProbeAsync()
    {
        var checks = new Dictionary<string, string>
        {
            ["storage"] = await CheckAsync(ProbeStorageAsync),
            ["mail"] = await CheckAsync(token => mails.QueryAsync(new MailQuery { PageSize = 1 }, token)),
            ["orchestrations"] = await CheckAsync(
                token => orchestrations.QueryAsync(new InstanceQuery { PageSize = 1 }, token)),
        };
        return new HealthReport(
            checks.Values.All(state => state == HealthReport.Ok) ? HealthReport.Ok : HealthReport.Unavailable,
            ProductVersion.Text,
            checks);
    }

    /// <summary>Writes, not only reads: a full disk reads well.</summary>
    private Task<string> ProbeStorageAsync(CancellationToken cancellation) => tables.UpsertAsync(
        "HealthProbes", new TableRow("health", "ready") { ["At"] = clock.GetUtcNow() }, cancellation);

    // Waits no longer than the timeout even for a check that does not heed its token: everybody waits for this look.
    private async Task<string> CheckAsync(Func<CancellationToken, Task> check)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        try
        {
            await check(timeout.Token).WaitAsync(timeout.Token);
            return HealthReport.Ok;
        }
        catch (Exception)
        {
            return HealthReport.Unavailable;
        }
    }
}

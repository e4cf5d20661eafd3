using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// How many deliveries came in, by source and verdict. All that is kept of a delivery that is not authentic.
/// </summary>
internal sealed class WebhookCounters : IDisposable
{
    private readonly Meter _meter = new("Workflows.Web");
    private readonly Counter<long> _deliveries;
    private readonly ConcurrentDictionary<(string Source, string Verdict), long> _counts = new();

    public WebhookCounters() => _deliveries = _meter.CreateCounter<long>("workflows.webhooks", "{delivery}");

    /// <summary>Since the start of the process.</summary>
    public IReadOnlyDictionary<(string Source, string Verdict), long> Counts => _counts;

    public void Count(string source, string verdict)
    {
        _counts.AddOrUpdate((source, verdict), 1, (_, count) => count + 1);
        _deliveries.Add(1, new("source", source), new("verdict", verdict));
    }

    public void Dispose() => _meter.Dispose();
}

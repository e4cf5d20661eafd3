namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>Forgets webhooks whose time is over. For a home to call now and then.</summary>
public sealed class WebhookRetention
{
    private readonly WebhookSources _sources;
    private readonly WebhookInbox _inbox;
    private readonly DeadLetters _deadLetters;

    internal WebhookRetention(WebhookSources sources, WebhookInbox inbox, DeadLetters deadLetters)
    {
        _sources = sources;
        _inbox = inbox;
        _deadLetters = deadLetters;
    }

    /// <summary>
    /// Forgets the raw copies of what came in before a moment, and with them that it came in: keep them longer than a
    /// sender repeats and than a signature is good for. A dead letter that nobody has settled stays.
    /// </summary>
    /// <returns>How many copies went.</returns>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var forgotten = 0;
        foreach (var source in _sources.All)
        {
            forgotten += await _inbox.ForgetAsync(source.Name, before, cancellation);
            forgotten += await _deadLetters.ForgetSettledAsync(source.Name, before, cancellation);
        }

        return forgotten;
    }
}

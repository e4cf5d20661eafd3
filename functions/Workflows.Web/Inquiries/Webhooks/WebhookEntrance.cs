using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// Lets authentic deliveries in. What the headers alone can refuse is refused before a byte of the body is read, and a
/// body that nobody signed is neither copied nor parsed.
/// </summary>
internal sealed class WebhookEntrance(
    WebhookSources sources, WebOptions options, WebhookCounters counters, TimeProvider clock,
    ILogger<WebhookEntrance> logger)
{
    /// <exception cref="ProblemException">
    /// 400 or 401 when it is not authentic, 404 without such a source, 408, 413, 415, 503 without room for its body.
    /// </exception>
    public async Task<WebhookDelivery> ReadAsync(string platform, HttpContext context)
    {
        var source = sources.Find(platform) ?? throw new ProblemException(ProblemType.NotFound);
        RawBody.ThrowIfNotJson(context.Request, BodyLimits.Webhook);
        var envelope = new WebhookEnvelope(source, context.Request.Headers, clock.GetUtcNow());
        ThrowIfRefused(source, source.Adapter.Check(envelope));
        return await RawBody.ReadAsync(
            context, BodyLimits.Webhook, options.RateLimits.WebhookPatience, body => Open(envelope, body));
    }

    private WebhookDelivery Open(WebhookEnvelope envelope, ReadOnlySequence<byte> body)
    {
        var source = envelope.Source;
        ThrowIfRefused(source, source.Adapter.Verify(envelope, body));
        return new WebhookDelivery(source, envelope.Headers, body.ToArray(), clock.GetUtcNow());
    }

    private void ThrowIfRefused(WebhookSource source, WebhookVerdict verdict)
    {
        if (verdict.Problem is { } problem)
        {
            counters.Count(source.Name, verdict.Reason);
            Log.WebhookRefused(logger, source.Name, verdict.Reason);
            throw new ProblemException(problem);
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Inquiries.Webhooks;

internal static class WebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/webhooks/{platform}").AllowAnonymous().WithTags("Webhooks");
        group.MapPost("", ReceiveAsync)
            .WithMetadata(RateBucket.Webhooks)
            .WithSummary("Take a platform's signed webhook")
            .WithDescription(
                "Starts a deal, or feeds one that runs. Durable when it answers. A repetition of an event is answered " +
                "alike, with duplicate set, and has no second effect. Event types that are not known are recorded and "
                    + "answered 202. An inquiry needs an id and the buyer's mail address; any other member that cannot "
                    + "be read is left out, and kept as text that the deal shows.")
            .AddOpenApiOperationTransformer(WebhookDescription.DescribeAsync)
            .Problems(400, 401, 404, 408, 409, 413, 415, 422, 429, 503);

        // Some platforms probe a callback address with GET before they use it.
        group.MapGet("", Probe).WithSummary("Tell whether this callback address exists").Problems(404);
    }

    private static async Task<Accepted<WebhookReceipt>> ReceiveAsync(
        string platform, HttpContext context, WebhookEntrance entrance, WebhookReceiver receiver)
    {
        var delivery = await entrance.ReadAsync(platform, context);
        return TypedResults.Accepted(
            uri: (string?)null, await receiver.ReceiveAsync(delivery, context.RequestAborted));
    }

    private static Ok<WebhookProbe> Probe(string platform, WebhookSources sources) =>
        TypedResults.Ok(
            new WebhookProbe(
                (sources.Find(platform) ?? throw new ProblemException(ProblemType.NotFound)).Adapter.Scheme));

    /// <summary>A callback address that is in use.</summary>
    /// <param name="Scheme">How deliveries must be signed.</param>
    internal sealed record WebhookProbe(string Scheme);
}

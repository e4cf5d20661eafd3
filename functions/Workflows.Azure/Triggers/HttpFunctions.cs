using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable;
using Workflows.Azure.Serving;

namespace Workflows.Azure.Triggers;

/// <summary>
/// Every request goes to the web layer's one route table, which knows who may do what. Webhooks and approval links have
/// functions of their own only so that they are counted, scaled and switched off by themselves.
/// </summary>
public sealed class HttpFunctions(WebPipeline pipeline, DurableClient durable)
{
    /// <summary>Webhooks: signed by their platform.</summary>
    [Function("Webhooks")]
    public Task<IActionResult> WebhooksAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "api/webhooks/{platform}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient host) => AnswerAsync(request, host);

    /// <summary>Approval links: a person who has the link may see and decide.</summary>
    [Function("Approvals")]
    public Task<IActionResult> ApprovalsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "api/approvals/{token}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient host) => AnswerAsync(request, host);

    /// <summary>Everything else: the API by key, the console by session.</summary>
    [Function("Web")]
    public Task<IActionResult> WebAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options",
            Route = "{*path}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient host) => AnswerAsync(request, host);

    private Task<IActionResult> AnswerAsync(HttpRequest request, DurableTaskClient host)
    {
        durable.Use(host);
        return pipeline.AnswerAsync(request);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Workflows.Web;

namespace Workflows.Azure.Serving;

/// <summary>
/// The web layer's whole pipeline with its one route table, built once; functions hand their requests to it.
/// </summary>
public sealed class WebPipeline
{
    private readonly RequestDelegate _pipeline;

    /// <summary>Builds it from the app's services.</summary>
    public WebPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.MapWorkflows();
        _pipeline = app.Build();
    }

    /// <summary>Answers a request. What is returned has nothing left to write.</summary>
    public async Task<IActionResult> AnswerAsync(HttpRequest request)
    {
        // The worker has routed it to the function that took it; the web layer routes it again.
        var context = request.HttpContext;
        context.SetEndpoint(null);
        request.RouteValues.Clear();
        await _pipeline(context);
        return new EmptyResult();
    }
}

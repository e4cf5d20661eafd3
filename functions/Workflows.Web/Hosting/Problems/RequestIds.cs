using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Hosting.Problems;

/// <summary>
/// Names a request in answers and in the log: its trace's id, so that callers who send traceparent know it already.
/// </summary>
internal static class RequestIds
{
    public const string Header = "X-Request-Id";

    /// <summary>
    /// Continues the caller's trace (W3C Trace Context, <c>traceparent</c>), or begins one, where the server has not:
    /// it does so only when something listens to it.
    /// </summary>
    public static async Task TraceAsync(HttpContext context, RequestDelegate next)
    {
        using var activity = Activity.Current is null ? new Activity("request") : null;
        if (ActivityContext.TryParse(
            context.Request.Headers.TraceParent, traceState: null, isRemote: true, out var caller))
        {
            activity?.SetParentId(caller.TraceId, caller.SpanId, caller.TraceFlags);
        }

        activity?.Start();
        await next(context);
    }

    public static string Of(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}

using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Hosting.Problems;

/// <summary>
/// Names a request in answers and in the log: its trace's id, so that callers who send traceparent know it already.
/// </summary>
internal static class RequestIds
{
    public const string Header = "X-Request-Id";

    public static string Of(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}

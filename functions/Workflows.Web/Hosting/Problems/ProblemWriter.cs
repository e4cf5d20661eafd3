using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Workflows.Mails;
using Workflows.Web.Hosting.Security;
using Workflows.Web.Rendering;

namespace Workflows.Web.Hosting.Problems;

/// <summary>Sends problems: as a document to programs, as a plain page to people.</summary>
internal sealed class ProblemWriter(PublicAddress address)
{
    public async Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var response = context.Response;
        var type = problem.Type;
        var allow = response.Headers.Allow;
        response.Clear();
        response.Headers.Allow = allow;
        SecurityHeaders.Set(context);
        response.StatusCode = type.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate =
                type == ProblemType.WebhookSignatureInvalid
                    ? "Signature realm=\"webhooks\""
                    : "Bearer realm=\"workflows\"";
        }

        if (WantsPage(context.Request))
        {
            await HtmlPage.WriteAsync<ProblemPage>(context, new()
            {
                [nameof(ProblemPage.Type)] = type,
                [nameof(ProblemPage.Detail)] = problem.Detail,
                [nameof(ProblemPage.Errors)] = problem.Errors,
                [nameof(ProblemPage.RequestId)] = RequestIds.Of(context),
            });
            return;
        }

        var document = new ProblemDocument(
            address.Link("/problems/" + type.Slug), type.Title, type.Status, RequestIds.Of(context))
        {
            Detail = problem.Detail,
            Errors = problem.Errors is { Count: > 0 } errors ? errors : null,
        };
        await response.WriteAsJsonAsync(
            document, ProblemJson.Default.ProblemDocument, "application/problem+json", context.RequestAborted);
    }

    /// <summary>
    /// People get pages on the console's addresses and where they open approval links; programs get JSON.
    /// </summary>
    private static bool WantsPage(HttpRequest request)
    {
        var isApi = request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/api/approvals");
        return !isApi && request.GetTypedHeaders().Accept is { Count: > 0 } accepted
            && accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }
}

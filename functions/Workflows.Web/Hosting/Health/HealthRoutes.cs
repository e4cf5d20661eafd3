using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Hosting.Health;

/// <summary>How the process is. Says nothing that a stranger must not know.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Version">The product's.</param>
/// <param name="Checks">By name: <c>ok</c> or <c>unavailable</c>.</param>
internal sealed record HealthReport(string Status, string Version, IReadOnlyDictionary<string, string> Checks)
{
    public const string Ok = "ok";
    public const string Unavailable = "unavailable";
}

internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").AllowAnonymous().WithMetadata(RateBucket.Free).WithTags("Health");
        group.MapGet(
            "/live",
            () => TypedResults.Ok(
                new HealthReport(HealthReport.Ok, ProductVersion.Text, new Dictionary<string, string>())))
            .WithSummary("Tell that the process runs");
        group.MapGet("/ready", ReadyAsync)
            .WithSummary("Tell whether requests can be served: storage, orchestrations, mail")
            .Produces<HealthReport>()
            .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<HealthReport>> ReadyAsync(
        Readiness readiness, CancellationToken cancellation)
    {
        var report = await readiness.ReadAsync().WaitAsync(cancellation);
        return TypedResults.Json(
            report,
            statusCode: report.Status == HealthReport.Ok
                ? StatusCodes.Status200OK
                : StatusCodes.Status503ServiceUnavailable);
    }
}

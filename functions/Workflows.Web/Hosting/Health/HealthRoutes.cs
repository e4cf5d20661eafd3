using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Platform;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Hosting.Health;

/// <summary>How the process is. Says nothing that a stranger must not know.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Version">The product's.</param>
/// <param name="Checks">By name: <c>ok</c> or <c>unavailable</c>.</param>
internal sealed record HealthReport(string Status, string Version, IReadOnlyDictionary<string, string> Checks);

internal static class HealthRoutes
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").AllowAnonymous().WithMetadata(RateBucket.Free).WithTags("Health");
        group.MapGet(
            "/live",
            () => TypedResults.Ok(new HealthReport("ok", ProductVersion.Text, new Dictionary<string, string>())))
            .WithSummary("Tell that the process runs");
        group.MapGet("/ready", ReadyAsync)
            .WithSummary("Tell whether requests can be served: storage, orchestrations, mail")
            .Produces<HealthReport>()
            .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<HealthReport>> ReadyAsync(
        ITableStore tables, IMailOutbox mails, IOrchestrationClient orchestrations, TimeProvider clock,
        CancellationToken aborted)
    {
        var checks = new Dictionary<string, string>
        {
            ["storage"] = await CheckAsync(token => ProbeStorageAsync(tables, clock, token), aborted),
            ["mail"] = await CheckAsync(token => mails.QueryAsync(new MailQuery { PageSize = 1 }, token), aborted),
            ["orchestrations"] = await CheckAsync(
                token => orchestrations.QueryAsync(new InstanceQuery { PageSize = 1 }, token), aborted),
        };
        var isReady = checks.Values.All(state => state == "ok");
        return TypedResults.Json(
            new HealthReport(isReady ? "ok" : "unavailable", ProductVersion.Text, checks),
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Writes, not only reads: a full disk reads well.</summary>
    private static Task<string> ProbeStorageAsync(
        ITableStore tables, TimeProvider clock, CancellationToken cancellation) =>
        tables.UpsertAsync(
            "HealthProbes", new TableRow("health", "ready") { ["At"] = clock.GetUtcNow() }, cancellation);

    private static async Task<string> CheckAsync(Func<CancellationToken, Task> check, CancellationToken aborted)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        timeout.CancelAfter(Timeout);
        try
        {
            await check(timeout.Token);
            return "ok";
        }
        catch (Exception) when (!aborted.IsCancellationRequested)
        {
            return "unavailable";
        }
    }
}

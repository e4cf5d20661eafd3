using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Credit;
using Workflows.Customers;
using Workflows.Web.Keys;
using Workflows.Web.OpenApi;
using Workflows.Web.Problems;
using Workflows.Web.Requests;

namespace Workflows.Web.Api.Customers;

/// <summary>Why nothing more is sold on credit.</summary>
internal sealed record HoldRequest([Line(300)] string Reason);

/// <summary>Customers and their credit.</summary>
internal static class CustomerRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/customers/{id}").WithTags("Customers");
        group.MapGet("/credit", CreditAsync)
            .RequireAuthorization(Access.SalesOrFinance)
            .WithSummary("A customer's limit, exposure and what is left of it")
            .Problems(401, 403, 404, 429);
        group.MapPost("/hold", HoldAsync)
            .RequireAuthorization(Access.Finance)
            .WithSummary("Sell nothing more on credit")
            .Problems(400, 401, 403, 404, 413, 415, 422, 429, 503);
        group.MapPost("/release", ReleaseAsync)
            .RequireAuthorization(Access.Finance)
            .WithSummary("Take every credit hold off")
            .Problems(401, 403, 404, 429, 503);
    }

    private static async Task<Ok<CreditStanding>> CreditAsync(string id, CreditReport report, CancellationToken cancellation) =>
        TypedResults.Ok(await report.ForAsync(RouteIds.Customer(id), cancellation) ?? throw new ProblemException(ProblemType.NotFound));

    private static async Task<Ok<Customer>> HoldAsync(
        string id, Body<HoldRequest> body, Actor actor, CreditReport report, CancellationToken cancellation) =>
        TypedResults.Ok(await report.PlaceHoldAsync(RouteIds.Customer(id), body.Value.Reason, actor.Id, cancellation)
            ?? throw new ProblemException(ProblemType.NotFound));

    private static async Task<Ok<Customer>> ReleaseAsync(string id, CreditReport report, CancellationToken cancellation) =>
        TypedResults.Ok(await report.ReleaseHoldAsync(RouteIds.Customer(id), cancellation)
            ?? throw new ProblemException(ProblemType.NotFound));
}

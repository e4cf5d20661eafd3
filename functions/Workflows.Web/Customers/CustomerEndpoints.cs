using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Credit;
using Workflows.Customers;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Customers;

/// <summary>Customers and their credit.</summary>
internal static class CustomerEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/customers/{id}").WithTags("Customers");
        group.MapGet("/credit", CreditAsync)
            .RequireAuthorization(Permissions.SeeCredit)
            .SeesRow(RowKind.Customer)
            .WithSummary("A customer's limit, exposure and what is left of it")
            .Problems(401, 403, 404, 429);
        group.MapPost("/hold", HoldAsync)
            .RequireAuthorization(Permissions.HoldCredit)
            .ChangesRow(RowKind.Customer)
            .WithSummary("Sell nothing more on credit")
            .Problems(400, 401, 403, 404, 413, 415, 422, 429, 503);
        group.MapPost("/release", ReleaseAsync)
            .RequireAuthorization(Permissions.HoldCredit)
            .ChangesRow(RowKind.Customer)
            .WithSummary("Take every credit hold off")
            .Problems(401, 403, 404, 429, 503);
    }

    private static async Task<Ok<CreditStanding>> CreditAsync(
        string id, RowRights rights, VisibleCredit credit, CancellationToken cancellation) =>
        TypedResults.Ok(await credit.ForAsync(RouteIds.Customer(id), rights, cancellation)
            ?? throw new ProblemException(ProblemType.NotFound));

    private static async Task<Ok<Customer>> HoldAsync(
        string id, Body<HoldRequest> body, Actor actor, CustomerCommands commands, CancellationToken cancellation) =>
        TypedResults.Ok(await commands.HoldAsync(RouteIds.Customer(id), body.Value, actor.Id, cancellation));

    private static async Task<Ok<Customer>> ReleaseAsync(
        string id, CustomerCommands commands, CancellationToken cancellation) =>
        TypedResults.Ok(await commands.ReleaseAsync(RouteIds.Customer(id), cancellation));
}

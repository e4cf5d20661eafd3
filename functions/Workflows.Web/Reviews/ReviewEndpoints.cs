using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Reviews;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Reviews;

/// <summary>Monthly reviews.</summary>
internal static class ReviewEndpoints
{
    /// <summary>Why a review is left whole.</summary>
    public const string WholeCompany = "The figures of the whole company, mailed to every manager and director.";

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/reviews")
            .RequireAuthorization(Permissions.Review)
            .HasNoRow(WholeCompany)
            .WithTags("Reviews");
        group.MapGet("", ListAsync)
            .WithSummary("List reviews in short, the latest month first")
            .WithDescription(
                "A page goes back as many months as its limit says; months that were not reviewed are left out.")
            .Problems(400, 401, 403, 429);
        group.MapGet("/{month}", GetAsync).WithSummary("The review of a month, yyyy-MM").Problems(401, 403, 404, 429);
        group.MapPost("/{month}", RequestAsync)
            .WithSummary("Review a month now")
            .WithDescription(
                "The same facts give the same figures, however often it is asked. A request while one runs joins it.")
            .Problems(401, 403, 422, 429, 500, 503);
    }

    private static async Task<Ok<ListPage<ReviewSummary>>> ListAsync(
        int? limit, string? cursor, ReviewService service, CancellationToken cancellation) =>
        TypedResults.Ok(ListPage.Of(await Paging.Of(limit, cursor).ReadAsync(
            (months, from) => service.ListAsync(months, from, cancellation))));

    private static async Task<Ok<KeptReview>> GetAsync(
        string month, ReviewService service, CancellationToken cancellation) =>
        TypedResults.Ok(
            await service.GetAsync(month, cancellation) ?? throw new ProblemException(ProblemType.NotFound));

    private static async Task<Results<Ok<KeptReview>, Accepted>> RequestAsync(
        string month, Actor actor, ReviewService service, CancellationToken cancellation)
    {
        var receipt = await service.RequestAsync(month, actor.Id, cancellation);
        return receipt switch
        {
            { Outcome: ReviewOutcome.Done, Review: { } review } => TypedResults.Ok(review),
            { Outcome: ReviewOutcome.Running } => TypedResults.Accepted($"/api/reviews/{month}"),
            { Outcome: ReviewOutcome.Refused } => throw new ProblemException(ProblemType.DateInvalid, receipt.Reason),
            _ => throw new ProblemException(ProblemType.Internal),
        };
    }
}

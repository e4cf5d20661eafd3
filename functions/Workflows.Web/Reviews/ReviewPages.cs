using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Reviews;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Reviews;

/// <summary>The months in review, and asking for one.</summary>
internal static class ReviewPages
{
    private const int MonthsPerPage = 24;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var managers = routes.MapGroup("/reviews")
            .RequireAuthorization(Permissions.Review)
            .HasNoRow(ReviewEndpoints.WholeCompany);
        managers.MapGet("", (string? cursor, HttpContext context, ReviewService service) =>
            ListAsync(cursor, context, service, Done(context)));
        managers.MapGet("/{month}", ShowAsync);
        managers.MapPost("", RequestAsync);
    }

    private static async Task<IResult> ListAsync(
        string? cursor, HttpContext context, ReviewService service, Notice? notice,
        int status = StatusCodes.Status200OK) =>
        HtmlPage.Of<ReviewListPage>(
            new()
            {
                [nameof(ReviewListPage.PageContext)] = PageContexts.Of(context, Area.Reviews) with { Notice = notice },
                [nameof(ReviewListPage.Reviews)] = await Paging.Of(MonthsPerPage, cursor).ReadAsync(
                    (months, from) => service.ListAsync(months, from, context.RequestAborted)),
            },
            status);

    private static async Task<IResult> ShowAsync(string month, HttpContext context, ReviewService service) =>
        HtmlPage.Of<ReviewPage>(new()
        {
            [nameof(ReviewPage.PageContext)] = PageContexts.Of(context, Area.Reviews) with { Notice = Done(context) },
            [nameof(ReviewPage.Kept)] = await service.GetAsync(month, context.RequestAborted)
                ?? throw new ProblemException(ProblemType.NotFound),
        });

    private static async Task<IResult> RequestAsync(
        FormBody form, Actor actor, HttpContext context, ReviewService service)
    {
        var month = form["month"];
        var receipt = await service.RequestAsync(month, actor.Id, context.RequestAborted);
        return receipt switch
        {
            { Outcome: ReviewOutcome.Done } => SeeOther.To($"/reviews/{month}?done=1"),
            { Outcome: ReviewOutcome.Running } => SeeOther.To("/reviews?running=1"),
            { Outcome: ReviewOutcome.Refused } => await ListAsync(
                null, context, service, new Notice(NoticeKind.Refused, receipt.Reason!),
                StatusCodes.Status422UnprocessableEntity),
            _ => throw new ProblemException(ProblemType.Internal),
        };
    }

    private static Notice? Done(HttpContext context) =>
        context.Request.Query.ContainsKey("done") ? new Notice(NoticeKind.Done, "The month is counted.")
        : context.Request.Query.ContainsKey("running") ? new Notice(
            NoticeKind.Waiting, "The month is being counted; it will be here in a moment.")
        : null;
}

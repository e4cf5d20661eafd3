using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Approvals;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Approvals;

/// <summary>Approvals as staff read them. Only the holder of a link decides.</summary>
internal static class ApprovalPages
{
    private const int PerPage = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/approvals", ListAsync);
        routes.MapGet("/approvals/{id}", ShowAsync);
    }

    private static async Task<IResult> ListAsync(
        string? ended, string? cursor, HttpContext context, ApprovalService service)
    {
        var page = await Paging.Of(PerPage, cursor)
            .ReadAsync((size, from) => service.ListAsync(ended == "1", size, from, context.RequestAborted));
        return HtmlPage.Of<ApprovalListPage>(new()
        {
            [nameof(ApprovalListPage.PageContext)] = PageContexts.Of(context, Area.Approvals),
            [nameof(ApprovalListPage.Ended)] = ended == "1",
            [nameof(ApprovalListPage.Approvals)] = page,
        });
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, ApprovalService service) =>
        HtmlPage.Of<ApprovalFilePage>(new()
        {
            [nameof(ApprovalFilePage.PageContext)] = PageContexts.Of(context, Area.Approvals),
            [nameof(ApprovalFilePage.File)] =
                await service.GetAsync(RouteIds.Approval(id), context.RequestAborted)
                    ?? throw new ProblemException(ProblemType.NotFound),
        });
}

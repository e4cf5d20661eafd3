using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Approvals;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Approvals;

/// <summary>Approvals as staff read them. Only the holder of a link decides.</summary>
internal static class ApprovalPages
{
    private const int PerPage = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/approvals", ListAsync).ListsRows(RowKind.Approval);
        routes.MapGet("/approvals/{id}", ShowAsync).SeesRow(RowKind.Approval);
    }

    private static async Task<IResult> ListAsync(
        string? ended, string? cursor, HttpContext context, RowRights rights, VisibleRows rows,
        ApprovalService service)
    {
        var page = await Paging.Of(PerPage, cursor).ReadAsync((size, from) => rows.ApprovalsAsync(
            rights, size, from,
            (most, start) => service.ListAsync(ended == "1", most, start, context.RequestAborted),
            context.RequestAborted));
        return HtmlPage.Of<ApprovalListPage>(new()
        {
            [nameof(ApprovalListPage.PageContext)] = PageContexts.Of(context, Area.Approvals),
            [nameof(ApprovalListPage.Ended)] = ended == "1",
            [nameof(ApprovalListPage.Approvals)] = page,
        });
    }

    private static async Task<IResult> ShowAsync(
        string id, HttpContext context, RowRights rights, RowOwners owners, ApprovalService service)
    {
        var file = await service.GetAsync(RouteIds.Approval(id), context.RequestAborted)
            ?? throw new ProblemException(ProblemType.NotFound);
        var row = await owners.OfDealAsync(file.Request.Deal, context.RequestAborted);
        return HtmlPage.Of<ApprovalFilePage>(new()
        {
            [nameof(ApprovalFilePage.PageContext)] = PageContexts.Of(context, Area.Approvals),
            [nameof(ApprovalFilePage.File)] = rights.FieldsOf(row).Of(file),
        });
    }
}

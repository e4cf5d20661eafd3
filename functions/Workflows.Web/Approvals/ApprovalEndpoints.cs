using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Approvals;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Approvals;

/// <summary>Approvals as staff read them. Deciding is for the holder of a link: <see cref="LinkEndpoints"/>.</summary>
internal static class ApprovalEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", ListAsync)
            .RequireAuthorization(Permissions.SeeApprovals)
            .ListsRows(RowKind.Approval)
            .WithTags("Approvals")
            .WithSummary("List what is asked, or with ended=true what was decided, newest first")
            .Problems(400, 401, 403, 429);
        LinkEndpoints.Map(api.MapGroup("").HasNoRow("The token in the address is the right."));
    }

    private static async Task<Ok<ListPage<ApprovalSummary>>> ListAsync(
        bool? ended, int? limit, string? cursor, RowRights rights, VisibleRows rows, ApprovalService service,
        CancellationToken cancellation)
    {
        var page = await Paging.Of(limit, cursor).ReadAsync((size, from) => rows.ApprovalsAsync(
            rights, size, from,
            (most, start) => service.ListAsync(ended ?? false, most, start, cancellation), cancellation));
        return TypedResults.Ok(ListPage.Of(page));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Approvals;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Approvals;

/// <summary>Approvals as staff read them. Deciding is for the holder of a link: <see cref="LinkEndpoints"/>.</summary>
internal static class ApprovalEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", ListAsync)
            .RequireAuthorization(Permissions.SeeApprovals)
            .WithTags("Approvals")
            .WithSummary("List what is asked, or with ended=true what was decided, newest first")
            .Problems(400, 401, 403, 429);
        LinkEndpoints.Map(api);
    }

    private static async Task<Ok<ListPage<ApprovalSummary>>> ListAsync(
        bool? ended, int? limit, string? cursor, ApprovalService service, CancellationToken cancellation)
    {
        var page = await Paging.Of(limit, cursor)
            .ReadAsync((size, from) => service.ListAsync(ended ?? false, size, from, cancellation));
        return TypedResults.Ok(ListPage.Of(page));
    }
}

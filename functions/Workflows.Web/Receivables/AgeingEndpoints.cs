using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Receivables.Ageing;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Receivables;

/// <summary>What is open, by how late it is.</summary>
internal static class AgeingEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/receivables/ageing", GetAsync)
        .RequireAuthorization(Permissions.SeeAgeing)
        .ListsRows(RowKind.Invoice)
        .WithTags("Receivables")
        .WithSummary("Receivables by age at the end of a day, YYYY-MM-DD; left out, today")
        .Problems(401, 403, 422, 429);

    private static async Task<Ok<AgeingSheet>> GetAsync(
        string? asOf, RowRights rights, VisibleRows rows, AgeingReport report, CancellationToken cancellation)
    {
        var day = TimeGrammar.ReadDay(asOf, "asOf");
        return TypedResults.Ok(await report.ForAsync(day, rows.Counting(rights, cancellation), cancellation));
    }
}

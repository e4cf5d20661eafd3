using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Deals.Board;

/// <summary>The board and its stages.</summary>
internal static class BoardPages
{
    private const int DealsPerPage = 50;
    private const int LongestSearch = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext context, RowRights rights, BoardReader reader) =>
            ShowAsync(context, rights, reader, ended: false)).ListsRows(RowKind.Deal);
        routes.MapGet("/ended", (HttpContext context, RowRights rights, BoardReader reader) =>
            ShowAsync(context, rights, reader, ended: true)).ListsRows(RowKind.Deal);
        routes.MapGet("/stages/{stage}", ShowStageAsync).ListsRows(RowKind.Deal);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, RowRights rights, BoardReader reader, bool ended)
    {
        var search = Query(context, "q");
        var query = new BoardQuery(
            ended,
            Query(context, "owner"),
            search.Beginning(LongestSearch),
            !ended && Query(context, "live") == "1");
        return HtmlPage.Of<BoardPage>(new()
        {
            [nameof(BoardPage.PageContext)] = PageContexts.Of(context, Area.Board),
            [nameof(BoardPage.Board)] = await reader.ReadAsync(query, rights, context.RequestAborted),
        });
    }

    private static async Task<IResult> ShowStageAsync(
        string stage, string? cursor, HttpContext context, RowRights rights, VisibleRows rows, DealService deals)
    {
        if (!Enum.TryParse<Stage>(stage, out var known) || known.ToString() != stage)
        {
            throw new ProblemException(ProblemType.NotFound);
        }

        return HtmlPage.Of<StagePage>(new()
        {
            [nameof(StagePage.PageContext)] = PageContexts.Of(context, Area.Board),
            [nameof(StagePage.Stage)] = known,
            [nameof(StagePage.Deals)] = await Paging.Of(DealsPerPage, cursor).ReadAsync((size, from) => rows.DealsAsync(
                rights, size, from,
                (most, start) => deals.ListAsync(known, most, start, context.RequestAborted))),
        });
    }

    private static string Query(HttpContext context, string name) =>
        context.Request.Query[name] is [{ } value] ? value.Trim() : "";
}

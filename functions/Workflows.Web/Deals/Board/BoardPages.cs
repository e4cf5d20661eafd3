using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
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
        routes.MapGet("/", (HttpContext context, BoardReader reader) => ShowAsync(context, reader, ended: false));
        routes.MapGet("/ended", (HttpContext context, BoardReader reader) => ShowAsync(context, reader, ended: true));
        routes.MapGet("/stages/{stage}", ShowStageAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, BoardReader reader, bool ended)
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
            [nameof(BoardPage.Board)] = await reader.ReadAsync(query, context.RequestAborted),
        });
    }

    private static async Task<IResult> ShowStageAsync(
        string stage, string? cursor, HttpContext context, DealService deals)
    {
        if (!Enum.TryParse<Stage>(stage, out var known) || known.ToString() != stage)
        {
            throw new ProblemException(ProblemType.NotFound);
        }

        return HtmlPage.Of<StagePage>(new()
        {
            [nameof(StagePage.PageContext)] = PageContexts.Of(context, Area.Board),
            [nameof(StagePage.Stage)] = known,
            [nameof(StagePage.Deals)] = await Paging.Of(DealsPerPage, cursor)
                .ReadAsync((size, from) => deals.ListAsync(known, size, from, context.RequestAborted)),
        });
    }

    private static string Query(HttpContext context, string name) =>
        context.Request.Query[name] is [{ } value] ? value.Trim() : "";
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Rendering;

namespace Workflows.Web.Hosting.Problems;

/// <summary>The address in a problem's <c>type</c> leads to its explanation.</summary>
internal static class ProblemRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/problems/{slug}", Explain).AllowAnonymous().ExcludeFromDescription();

    private static IResult Explain(string slug) => ProblemType.All.TryGetValue(slug, out var type)
        ? HtmlPage.Of<ProblemTypePage>(new() { [nameof(ProblemTypePage.Type)] = type })
        : throw new ProblemException(ProblemType.NotFound);
}

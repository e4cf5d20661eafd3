using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Workflows.Web.Api;

/// <summary>The business routes, a class per capability. Everyone who calls them has a key.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization();
        _ = api;
    }
}

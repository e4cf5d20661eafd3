using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Console.Board;
using Workflows.Web.Keys;

namespace Workflows.Web.Console;

/// <summary>The console: pages for staff who signed in.</summary>
internal static class ConsoleRoutes
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<BoardReader>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("").RequireAuthorization(Access.Staff).ExcludeFromDescription();
        BoardRoutes.Map(staff);
    }
}

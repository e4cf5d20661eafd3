using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Tests.Hosting.Rows;

public sealed class RowGuardTests
{
    [Fact]
    public async Task A_route_that_does_not_say_whose_rows_it_opens_is_not_served()
    {
        var home = new WebHome { Replace = services => services.AddSingleton<IHomeRoutes, SilentRoute>() };
        await home.InitializeAsync();
        try
        {
            using var answer = await home.Admin.GetAsync("/silent");

            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            await home.DisposeAsync();
        }
    }

    private sealed class SilentRoute : IHomeRoutes
    {
        public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/silent", () => "secret");
    }
}

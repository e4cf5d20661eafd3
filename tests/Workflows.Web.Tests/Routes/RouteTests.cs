using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Routes;

/// <summary>
/// Every route by its address: what it refuses by role, by state and because it is not there, and what it does.
/// </summary>
public sealed class RouteTests(TradingHome home) : IClassFixture<TradingHome>
{
    public static TheoryData<string> Routes => [.. RouteCase.All.Select(each => each.Route)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_refuses_what_it_must_and_does_what_it_says(string route)
    {
        var tested = RouteCase.All.Single(each => each.Route == route);
        if (tested.Missing is { } missing)
        {
            await ExpectAsync(tested, Role.Admin, missing, HttpStatusCode.NotFound);
        }

        if (tested.Conflict is { } conflict)
        {
            await ExpectAsync(tested, Role.Admin, await conflict(home), HttpStatusCode.Conflict);
        }

        var good = await tested.Good(home);
        if (tested.Refused is { } role)
        {
            await ExpectAsync(tested, role, good, HttpStatusCode.Forbidden);
        }

        if (!tested.IsOpen)
        {
            var isPage = tested.Method == HttpMethod.Get
                && !tested.Pattern.StartsWith("/api", StringComparison.Ordinal);
            await ExpectAsync(tested, null, good, isPage ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized);
        }

        await ExpectAsync(tested, tested.IsOpen ? null : Role.Admin, good, tested.Status);
    }

    [Fact]
    public void Every_route_stands_in_a_table()
    {
        var mapped = home.Web.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Where(method => method != "HEAD")
                .Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(mapped, RouteCase.All.Select(each => each.Route).Order(StringComparer.Ordinal));
    }

    private async Task ExpectAsync(RouteCase tested, Role? role, Call call, HttpStatusCode status)
    {
        // A stranger has no cookies, not even another stranger's.
        using var stranger = home.Web.Client(null);
        using var answer = await RouteCaller.SendAsync(
            home, tested.Method, role is { } known ? home.As(known) : stranger, role is null ? "/sign-in" : "/", call);
        Assert.True(
            answer.StatusCode == status,
            $"{role?.ToString() ?? "stranger"} {tested.Method} {call.Path}: expected {(int)status}, got " +
            $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        if (status == HttpStatusCode.SeeOther && call.Path.Split('/') is [_, "deals" or "invoices", _, var action])
        {
            Assert.Contains($"?done={action}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }
}

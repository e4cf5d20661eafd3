using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Tests.Routes;

namespace Workflows.Web.Tests.Hosting.Rows;

/// <summary>
/// Asks every route, as every role, about a row of their own and of another's, and compares with the matrix.
/// </summary>
public sealed class AccessMatrixTests(DividedHome home) : IClassFixture<DividedHome>
{
    private static readonly string[] Owners = [DividedHome.Own, DividedHome.Other];

    /// <summary>The routes of this project that a signed-in person uses.</summary>
    public static TheoryData<string> Routes =>
        [.. RouteCase.All.Where(each => !each.IsOpen).Select(each => each.Route)];

    private TradingHome Trading => home.Trading;

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_answers_each_role_as_the_matrix_says(string route)
    {
        var tested = RouteCase.All.Single(each => each.Route == route);
        var (stranger, cells) = AccessDocument.Routes[route];
        Assert.Equal("401", stranger);
        for (var i = 0; i < Owners.Length; i++)
        {
            Trading.Owner = Owners[i];
            Call? call = null;
            (string Path, string Mark)? listed = null;
            foreach (var (role, answers) in cells.OrderBy(cell => cell.Value[i] == "yes"))
            {
                if (answers[i] is "listed" or "left out")
                {
                    listed ??= await ListedRows.MakeAsync(route, Trading);
                    var (path, mark) = listed.Value;
                    Assert.True(
                        await ListedRows.IsListedAsync(home.As(role), path, mark) == (answers[i] == "listed"),
                        $"{role} {route}: {mark} of {Owners[i]} is not {answers[i]}.");
                    continue;
                }

                // What is refused leaves the row as it was; what is done takes a new row for the next role.
                call ??= await tested.Good(Trading);
                await ExpectAsync(tested, role, call, answers[i]);
                call = answers[i] == "yes" && tested.Method != HttpMethod.Get ? null : call;
            }
        }
    }

    [Fact]
    public void Every_route_says_whose_rows_it_opens()
    {
        var silent = Trading.Web.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<RowDeclaration>() is not { } row
                || (row.Access == RowAccess.None) != !string.IsNullOrWhiteSpace(row.Reason))
            .Select(route => route.RoutePattern.RawText);

        Assert.Empty(silent);
    }

    [Fact]
    public void The_matrix_has_every_route()
    {
        // The last one is the embedded home's own.
        Assert.Equal(
            RouteCase.All.Select(each => each.Route).Append("ANY /owner/keys").Order(StringComparer.Ordinal),
            AccessDocument.Routes.Keys.Order(StringComparer.Ordinal));
    }

    private async Task ExpectAsync(RouteCase tested, string role, Call call, string expected)
    {
        using var answer = await SendAsync(tested, role, call);
        var status = expected switch
        {
            "yes" => tested.Status,
            "403" => HttpStatusCode.Forbidden,
            "404" => HttpStatusCode.NotFound,
            _ => throw new InvalidOperationException($"{tested.Route}: what is {expected}?"),
        };
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.StatusCode == status,
            $"{role} {tested.Method} {call.Path} of {Trading.Owner}: expected {expected}, got " +
            $"{(int)answer.StatusCode} {body[..Math.Min(body.Length, 300)]}");
        if (expected == "404")
        {
            using var missing = await SendAsync(tested, role, tested.Missing ?? MissingAs(call));
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
            Assert.Equal(
                WithoutRequestId(await missing.Content.ReadAsStringAsync()), WithoutRequestId(body));
        }
    }

    private Task<HttpResponseMessage> SendAsync(RouteCase tested, string role, Call call) =>
        RouteCaller.SendAsync(Trading, tested.Method, home.As(role), "/", call);

    private static Call MissingAs(Call call)
    {
        var parts = call.Path.Split('/');
        parts[call.Path.StartsWith("/api", StringComparison.Ordinal) ? 3 : 2] = "D-nothing-I1";
        return call with { Path = string.Join('/', parts) };
    }

    private static string WithoutRequestId(string problem)
    {
        var document = JsonNode.Parse(problem)!.AsObject();
        Assert.True(document.Remove("requestId"));
        return document.ToJsonString();
    }
}

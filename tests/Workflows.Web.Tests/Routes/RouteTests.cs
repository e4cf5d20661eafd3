using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Routes;

/// <summary>
/// Every route by its address: what it refuses by role, by state and because it is not there, and what it does.
/// </summary>
public sealed partial class RouteTests(TradingHome home) : IClassFixture<TradingHome>
{
    private static readonly IReadOnlyList<RouteCase> Cases =
        [.. HostingCases.All, .. DealCases.All, .. ReceivableCases.All, .. OtherCases.All, .. AdminCases.All];

    public static TheoryData<string> Routes => [.. Cases.Select(each => each.Route)];

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_refuses_what_it_must_and_does_what_it_says(string route)
    {
        var tested = Cases.Single(each => each.Route == route);
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

        Assert.Equal(mapped, Cases.Select(each => each.Route).Order(StringComparer.Ordinal));
    }

    private async Task ExpectAsync(RouteCase tested, Role? role, Call call, HttpStatusCode status)
    {
        // A stranger has no cookies, not even another stranger's.
        using var stranger = home.Web.Client(null);
        var caller = role is { } known ? home.As(known) : stranger;
        using var request = await RequestAsync(tested.Method, caller, role is null ? "/sign-in" : "/", call);
        using var answer = await caller.SendAsync(request);
        Assert.True(
            answer.StatusCode == status,
            $"{role?.ToString() ?? "stranger"} {tested.Method} {call.Path}: expected {(int)status}, got " +
            $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        if (status == HttpStatusCode.SeeOther && call.Path.Split('/') is [_, "deals" or "invoices", _, var action])
        {
            Assert.Contains($"?done={action}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(
        HttpMethod method, HttpClient caller, string page, Call call)
    {
        if (call.Raw is { } raw)
        {
            return raw;
        }

        var request = new HttpRequestMessage(method, call.Path);
        request.Headers.Add("Idempotency-Key", home.Unique("route-key"));
        if (call.Json is { } json)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }
        else if (call.Fields is { } fields)
        {
            var submission = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
            request.Content = new FormUrlEncodedContent(fields
                .Append(("_form", await TokenAsync(caller, page)))
                .Append(("submission", submission))
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        }

        return request;
    }

    private static async Task<string> TokenAsync(HttpClient caller, string page) =>
        WebUtility.HtmlDecode(Token().Match(await caller.GetStringAsync(page)).Groups[1].Value);
}

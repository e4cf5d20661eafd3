using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting.Security;

/// <summary>A page of another site makes nobody's browser change anything here.</summary>
public sealed partial class OriginTests(WebHome home) : IClassFixture<WebHome>
{
    private const string Inquiry =
        """{"source":"fair","buyer":{"name":"Bo Li","email":"bo@li-trading.com","company":"Li Trading"},"message":"Valves"}""";

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Every_route_that_changes_something_refuses_a_browser_that_another_site_sent(
        string header, string value)
    {
        using var browser = new Browser(home);
        await browser.SignInAsync((await home.Keys.AddAsync("sent", Role.Admin)).Secret);
        foreach (var (method, path) in Changes())
        {
            using var request = WebHome.Post(path, "{}", "sent-by-another-site");
            request.Method = method;
            request.Headers.Add(header, value);
            using var answer = await browser.SendAsync(request);
            Assert.True(
                answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {(int)answer.StatusCode}");
            await answer.ProblemAsync(HttpStatusCode.Forbidden, "csrf-failed");
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData(null, null)]
    public async Task A_decision_in_json_is_taken_from_our_own_page_and_from_programs(string? header, string? value)
    {
        using var request = WebHome.Post("/api/approvals/unknown", """{"decision":"approve"}""");
        request.Headers.Add("Origin", home.Address.GetLeftPart(UriPartial.Authority));
        if (header is not null)
        {
            request.Headers.Add(header, value);
        }

        await (await home.Anonymous.SendAsync(request)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_good_key_and_a_signature_are_proofs_that_no_browser_sends_by_itself()
    {
        using var inquiry = WebHome.Post("/api/inquiries", Inquiry, "key-from-elsewhere");
        inquiry.Headers.Add("Origin", "https://tools.example");
        Assert.Equal(HttpStatusCode.Created, (await home.Admin.SendAsync(inquiry)).StatusCode);

        using var webhook = WebHome.Signed("msg_from_elsewhere", """{"type":"contact.updated","data":{}}""");
        webhook.Headers.Add("Origin", "https://platform.example");
        Assert.Equal(HttpStatusCode.Accepted, (await home.Anonymous.SendAsync(webhook)).StatusCode);

        using var decision = WebHome.Post("/api/approvals/unknown", """{"decision":"approve"}""");
        decision.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "no-key-of-anybody-here");
        decision.Headers.Add("Origin", "https://evil.example");
        await (await home.Anonymous.SendAsync(decision)).ProblemAsync(HttpStatusCode.Forbidden, "csrf-failed");
    }

    private List<(HttpMethod Method, string Path)> Changes() =>
    [
        .. home.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => !route.RoutePattern.RawText!.Contains("webhooks/{platform}", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Where(method => method is not ("GET" or "HEAD"))
                .Select(method => (HttpMethod.Parse(method), PathOf(route.RoutePattern.RawText!)))),
    ];

    private static string PathOf(string pattern) => "/" + Parameter().Replace(pattern, "x").Trim('/');
}

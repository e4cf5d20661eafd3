using System.Net;
using System.Text.RegularExpressions;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting.Security;

/// <summary>Something in front of us ends TLS, and speaks plain HTTP to us under our inner address.</summary>
public sealed partial class PublicOriginTests : IAsyncLifetime
{
    private const string Origin = "https://deals.example.com";

    private readonly WebHome _home = new()
    {
        Configure = options =>
        {
            options.PublicAddress = new Uri(Origin);
            options.KnownProxies.Add("127.0.0.1");
            options.RateLimits.Window = TimeSpan.FromMinutes(10);
            options.RateLimits.SignIn = 1;
        },
    };

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Behind_a_proxy_that_ends_tls_people_sign_in_with_cookies_that_stay_on_tls()
    {
        var key = await _home.Keys.AddAsync("proxied", Role.Manager);
        using var page = await _home.Anonymous.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.True(page.Headers.Contains("Strict-Transport-Security"));
        var form = Cookie(page, "__Host-workflows-form=");
        var token = WebUtility.HtmlDecode(Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value);

        using var answer = await SignInAsync(form, token, key.Secret, Origin, "203.0.113.1");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains(
            "; secure", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        using var deals = new HttpRequestMessage(
            HttpMethod.Get, "/api/deals")
        { Headers = { { "Cookie", Cookie(answer, "__Host-workflows=") } } };
        Assert.Equal(HttpStatusCode.OK, (await _home.Anonymous.SendAsync(deals)).StatusCode);

        using var elsewhere = await SignInAsync(form, token, key.Secret, "https://evil.example", "203.0.113.2");
        await elsewhere.ProblemAsync(HttpStatusCode.Forbidden, "csrf-failed");
    }

    [Fact]
    public async Task Behind_a_proxy_each_sender_has_a_limit_of_their_own_and_cannot_make_up_another()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync("", "", "", Origin, "203.0.113.1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync("", "", "", Origin, "203.0.113.2")).StatusCode);
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await SignInAsync("", "", "", Origin, "198.51.100.7, 203.0.113.1")).StatusCode);
    }

    private async Task<HttpResponseMessage> SignInAsync(
        string cookie, string token, string key, string origin, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("_form", token), new("key", key)]),
            Headers = { { "Origin", origin }, { "X-Forwarded-For", forwardedFor } },
        };
        if (cookie.Length > 0)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await _home.Anonymous.SendAsync(request);
    }

    private static string Cookie(HttpResponseMessage answer, string start) => answer.Headers.GetValues("Set-Cookie")
        .Single(value => value.StartsWith(start, StringComparison.Ordinal)).Split(';')[0];
}

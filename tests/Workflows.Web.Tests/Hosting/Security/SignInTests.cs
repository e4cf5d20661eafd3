using System.Net;
using System.Text.RegularExpressions;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting.Security;

public sealed partial class SignInTests(WebHome home) : IClassFixture<WebHome>
{
    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [Fact]
    public async Task A_good_key_opens_the_console_until_it_is_revoked()
    {
        var key = await home.Keys.AddAsync("console", Role.Manager);
        using var browser = home.Client(null);
        Assert.Equal("/sign-in", (await browser.GetAsync("/")).Headers.Location?.ToString());
        var answer = await SignInAsync(browser, key.Secret);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie")
            .Single(value => value.StartsWith("workflows=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/deals")).StatusCode);
        await home.Keys.RevokeAsync(key.Key.Id);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/deals")).StatusCode);
    }

    [Theory]
    [InlineData("keeper", Role.Manager, true)]
    [InlineData("keeper", Role.Sales, false)]
    [InlineData("heir", Role.Manager, false)]
    public async Task A_session_ends_when_its_key_becomes_anothers_or_opens_something_else(
        string name, Role role, bool isGood)
    {
        var secret = $"the-key-of-{name}-as-{role}";
        await home.Keys.EnsureAsync("keeper", Role.Manager, secret);
        using var browser = home.Client(null);
        await SignInAsync(browser, secret);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/deals")).StatusCode);

        await home.Keys.EnsureAsync(name, role, secret);
        Assert.Equal(
            isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized,
            (await browser.GetAsync("/api/deals")).StatusCode);
        using var again = home.Client(null);
        await SignInAsync(again, secret);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/api/deals")).StatusCode);
    }

    [Fact]
    public async Task A_visit_from_another_site_asks_for_the_page_once_more_before_it_is_sent_to_sign_in()
    {
        foreach (
            var (
                site,
                expected) in new[] { ("cross-site", HttpStatusCode.OK), ("same-origin", HttpStatusCode.Redirect) })
        {
            var request = new HttpRequestMessage(
                HttpMethod.Get, "/")
            { Headers = { { "Sec-Fetch-Site", site }, { "Sec-Fetch-Mode", "navigate" } } };
            var answer = await home.Anonymous.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
            Assert.Equal(
                site == "cross-site",
                (await answer.Content.ReadAsStringAsync()).Contains(
                    "http-equiv=\"refresh\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_bad_key_stays_outside()
    {
        using var browser = home.Client(null);
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await SignInAsync(browser, "wfk_nonsense-nonsense-nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/deals")).StatusCode);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        var key = await home.Keys.AddAsync("csrf", Role.Manager);
        using var browser = home.Client(null);
        var token = await TokenAsync(browser);
        await (await browser.PostAsync("/sign-in", Form(key.Secret, token: null)))
            .ProblemAsync(HttpStatusCode.Forbidden, "csrf-failed");
        foreach (var (header, value) in new[] { ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site") })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = Form(key.Secret, token) };
            request.Headers.Add(header, value);
            await (await browser.SendAsync(request)).ProblemAsync(HttpStatusCode.Forbidden, "csrf-failed");
        }
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_the_senders_mistake()
    {
        var many = new FormUrlEncodedContent(Enumerable.Range(0, 1_100).Select(i => KeyValuePair.Create($"f{i}", "x")));
        await (await home.Anonymous.PostAsync("/sign-in", many)).ProblemAsync(HttpStatusCode.BadRequest, "bad-request");
        using var endless = new HttpRequestMessage(
            HttpMethod.Post, "/sign-in")
        { Content = new StringContent("key=" + new string('x', 70 * 1024)) };
        endless.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        endless.Headers.TransferEncodingChunked = true;
        await (await home.Anonymous.SendAsync(endless)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_session_reads_the_api_but_changes_nothing_through_it()
    {
        var key = await home.Keys.AddAsync("reader", Role.Admin);
        using var browser = home.Client(null);
        await SignInAsync(browser, key.Secret);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/reviews")).StatusCode);
        foreach (
            var path in new[] { "/api/customers/nobody/release", "/api/reviews/2026-01", "/api/invoices/none/credit" })
        {
            await (await browser.PostAsync(path, content: null))
                .ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }

        await (await home.Admin.PostAsync("/api/customers/nobody/release", content: null))
            .ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Where_to_go_next_is_never_the_requests_choice()
    {
        var key = await home.Keys.AddAsync("next", Role.Manager);
        foreach (var next in new[] { "//evil.example", "/\\evil", "https:evil", "javascript:alert(1)" })
        {
            using var browser = home.Client(null);
            var token = await TokenAsync(browser);
            var answer = await browser.PostAsync(
                "/sign-in?next=" + Uri.EscapeDataString(next), Form(key.Secret, token));
            Assert.Equal("/", answer.Headers.Location?.ToString());
        }
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string key) =>
        await browser.PostAsync("/sign-in", Form(key, await TokenAsync(browser)));

    private static async Task<string> TokenAsync(HttpClient browser) =>
        WebUtility.HtmlDecode(Token().Match(await browser.GetStringAsync("/sign-in")).Groups[1].Value);

    private static FormUrlEncodedContent Form(string key, string? token) => new(
        token is null
            ? [KeyValuePair.Create("key", key)]
            : [KeyValuePair.Create("key", key), KeyValuePair.Create("_form", token)]);
}

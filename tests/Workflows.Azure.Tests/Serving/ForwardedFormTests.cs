using System.Net;
using System.Text.RegularExpressions;
using Workflows.Embedded.Tests.Serving;

namespace Workflows.Azure.Tests.Serving;

/// <summary>Forms from a browser, through the host that hands them to the app at an inner port.</summary>
public sealed partial class ForwardedFormTests(TradedHomeFixture home) : IClassFixture<TradedHomeFixture>
{
    private const string Local = "http://localhost:7071";
    private const string Public = "https://deals.example.com";

    private static int _inquiries = 100;

    public static TheoryData<string, string> Homes => new()
    {
        { "Development", Local }, { "Production", Local }, { "Development", Public }, { "Production", Public },
    };

    [Theory]
    [MemberData(nameof(Homes))]
    public async Task A_person_signs_in_and_acts_in_the_console(string environment, string address)
    {
        await using var app = await home.StartAsync(environment, address);
        using var browser = Browser(new HostHop(app.Inner), address);
        using var signedIn = await SignInAsync(browser, address);
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);

        var deal = await home.Traded.Home.AssignedAsync(Inquiry());
        var path = $"/deals/{deal}";
        var fields = await FieldsAsync(browser, path, $"{path}/reply");
        using var done = await PostAsync(browser, $"{path}/reply", address, [.. fields, new("channel", "mail")]);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.NotNull((await home.Traded.Home.GetAsync($"/api/deals/{deal}"))["firstHumanReplyAt"]);
    }

    [Theory]
    [MemberData(nameof(Homes))]
    public async Task An_approver_decides_on_the_page_of_the_link(string environment, string address)
    {
        var (deal, link) = await home.Traded.AskAsync(Inquiry());
        await using var app = await home.StartAsync(environment, address);
        using var browser = Browser(new HostHop(app.Inner), address);
        var fields = await FieldsAsync(browser, link, link);
        using var decided = await PostAsync(browser, link, address, [.. fields, new("decision", "approve")]);
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
        await home.Traded.Home.DealAsync(
            deal, each => (string?)each["quotationStatus"] == "Sent", "the decision is taken");
    }

    [Theory]
    [MemberData(nameof(Homes))]
    public async Task A_form_of_another_site_is_refused(string environment, string address)
    {
        await using var app = await home.StartAsync(environment, address);
        using var browser = Browser(new HostHop(app.Inner), address);
        using var refused = await SignInAsync(browser, address, origin: "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var inner = await SignInAsync(browser, address, origin: app.Inner.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.Forbidden, inner.StatusCode);
    }

    /// <summary>
    /// Also where a host adds to what a client made up: only the last name counts, and that is the host's.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_name_that_a_client_makes_up_does_not_count(bool appends)
    {
        await using var app = await home.StartAsync("Production", Local);
        using var browser = Browser(new HostHop(app.Inner, appends), Local);
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var refused = await SignInAsync(browser, Local, origin: "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var taken = await SignInAsync(browser, Local);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
    }

    /// <summary>As an admin types it who has not read the settings.</summary>
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task The_address_in_the_address_bar_counts_beside_the_public_one(string environment)
    {
        const string typed = "http://127.0.0.1:7071";
        await using var app = await home.StartAsync(environment, Local);
        using var browser = Browser(new HostHop(app.Inner), typed);
        using var taken = await SignInAsync(browser, typed);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
    }

    /// <summary>
    /// Something of the user's in front, which reaches the app under the name that the platform gave it.
    /// </summary>
    [Fact]
    public async Task The_public_address_counts_under_whatever_name_the_app_is_reached()
    {
        await using var app = await home.StartAsync("Production", Public);
        using var browser = Browser(new HostHop(app.Inner) { ReachedAs = "app.azurewebsites.net" }, Public);
        using var taken = await SignInAsync(browser, Public);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
    }

    private static HttpClient Browser(HostHop hop, string address) => new(hop) { BaseAddress = new Uri(address) };

    private static string Inquiry() => $"INQ-{Interlocked.Increment(ref _inquiries)}";

    private static async Task<HttpResponseMessage> SignInAsync(
        HttpClient browser, string address, string? origin = null)
    {
        var fields = await FieldsAsync(browser, "/sign-in", "/sign-in");
        return await PostAsync(browser, "/sign-in", origin ?? address, [.. fields, new("key", RunningHome.AdminKey)]);
    }

    private static Task<HttpResponseMessage> PostAsync(
        HttpClient browser, string path, string origin, IEnumerable<KeyValuePair<string, string>> fields) =>
        browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields),
            Headers = { { "Origin", origin } },
        });

    /// <summary>The hidden fields of a page's form, as a browser sends them along.</summary>
    private static async Task<List<KeyValuePair<string, string>>> FieldsAsync(
        HttpClient browser, string page, string action)
    {
        var html = await browser.GetStringAsync(page);
        var form = Form().Matches(html).Select(match => match.Value)
            .Single(text => text.Contains($"action=\"{action}\"", StringComparison.Ordinal));
        return [.. Hidden().Matches(form).Select(match =>
            KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)))];
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(
        "type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();
}

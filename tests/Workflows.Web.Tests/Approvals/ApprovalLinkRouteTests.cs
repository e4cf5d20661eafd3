using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Web.Tests.Approvals;

/// <summary>A real deal's discount, asked for by mail and decided by the link in it.</summary>
public sealed partial class ApprovalLinkRouteTests(WebHome home) : IClassFixture<WebHome>
{
    private static int _deals;

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [GeneratedRegex("/api/approvals/[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [Fact]
    public async Task Opening_the_link_however_often_decides_nothing()
    {
        var (deal, link) = await AskAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await home.Anonymous.GetAsync(link)).StatusCode);
        }

        Assert.Equal(
            HttpStatusCode.OK,
            (await home.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, link))).StatusCode);
        var prefetch = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { { "Sec-Purpose", "prefetch" } } };
        var page = await home.Anonymous.SendAsync(prefetch);
        Assert.Contains("no-store", page.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(JsonValueKind.Null, (await ApprovalOfAsync(deal)).GetProperty("outcome").ValueKind);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_or_decides_nothing_changes_nothing()
    {
        var (deal, link) = await AskAsync();
        using var browser = home.Client(null);
        var token = await TokenAsync(browser, link);
        await (await browser.PostAsync(link, Form(("decision", "approve"))))
            .ProblemAsync(HttpStatusCode.Forbidden, "csrf-failed");
        var plain = new StringContent(
            $"decision=approve&_form={token}", new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(link, plain)).StatusCode);
        foreach (var form in new[]
        {
            Form(("_form", token)),
            Form(("_form", token), ("decision", "reject"), ("comment", "   ")),
            Form(("_form", token), ("decision", "reject"), ("comment", new string('x', 3000))),
        })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.PostAsync(link, form)).StatusCode);
        }

        var huge = await browser.PostAsync(link, Form(("_form", token), ("comment", new string('x', 1024 * 1024))));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        Assert.Equal(JsonValueKind.Null, (await ApprovalOfAsync(deal)).GetProperty("outcome").ValueKind);
    }

    [Fact]
    public async Task A_decision_counts_once_and_its_repetition_or_opposite_is_answered_with_what_stands()
    {
        var (deal, link) = await AskAsync();
        using var browser = home.Client(null);
        var token = await TokenAsync(browser, link);
        var decided = await browser.PostAsync(
            link, Form(("_form", token), ("decision", "approve"), ("comment", "Fine.")));
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await browser.PostAsync(link, Form(("_form", token), ("decision", "approve")))).StatusCode);
        var opposite = await browser.PostAsync(
            link, Form(("_form", token), ("decision", "reject"), ("comment", "No.")));
        Assert.Equal(HttpStatusCode.Conflict, opposite.StatusCode);
        var page = await browser.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Fine.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            "Approved", (await ApprovalOfAsync(deal)).GetProperty("outcome").GetProperty("verdict").GetString());
        await Eventually.SeenAsync(
            async () => (await DealAsync(deal)).GetProperty("quotationStatus").GetString() == "Sent" ? "sent" : null,
            "the quotation sent");
    }

    [Fact]
    public async Task A_program_decides_with_json()
    {
        var (deal, link) = await AskAsync();
        await (await home.Anonymous.SendAsync(WebHome.Post(link, """{"decision":"reject"}""")))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "text-invalid");
        await (await home.Anonymous.SendAsync(WebHome.Post(link, """{"decision":"approve","isAdmin":true}""")))
            .ProblemAsync(HttpStatusCode.BadRequest, "unknown-member");
        var decision = await home.Anonymous.SendAsync(
            WebHome.Post(link, """{"decision":"reject","comment":"Too much."}"""));
        Assert.Equal(HttpStatusCode.OK, decision.StatusCode);
        await (await home.Anonymous.SendAsync(WebHome.Post(link, """{"decision":"approve"}""")))
            .ProblemAsync(HttpStatusCode.Conflict, "already-decided");
        Assert.Equal(
            "Rejected", (await ApprovalOfAsync(deal)).GetProperty("outcome").GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Two_opposite_decisions_at_once_are_one_outcome()
    {
        var (_, link) = await AskAsync();
        var answers = await Task.WhenAll(
            home.Anonymous.SendAsync(WebHome.Post(link, """{"decision":"approve"}""")),
            home.Anonymous.SendAsync(WebHome.Post(link, """{"decision":"reject","comment":"No."}""")));
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task Links_that_are_not_ours_are_all_not_found_in_the_same_way()
    {
        var (_, link) = await AskAsync();
        var last = link[^1] == 'A' ? 'B' : 'A';
        var pages = new List<string>();
        foreach (var wrong in new[] { link[..^1] + last, link[..^5], "/api/approvals/x", link + "A" })
        {
            var answer = await home.Anonymous.GetAsync(wrong);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            pages.Add(await answer.Content.ReadAsStringAsync());
            await (await home.Anonymous.SendAsync(WebHome.Post(wrong, """{"decision":"approve"}""")))
                .ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        Assert.Single(pages.Distinct());
        Assert.DoesNotContain("discount", pages[0], StringComparison.OrdinalIgnoreCase);
    }

    private async Task<(string Deal, string Link)> AskAsync()
    {
        var number = Interlocked.Increment(ref _deals);
        var inquiry =
            $$$"""{"source":"fair","buyer":{"name":"Rosa Diaz","email":"rosa@buyer{{{number}}}.example","company":"Buyer {{{number}}} SA","countryISO2":"ES"},"products":[{"name":"Gear pump","qty":500,"unit":"pc"}],"message":"Please quote."}""";
        var taken = await home.Admin.SendAsync(WebHome.Post("/api/inquiries", inquiry, $"approval-inquiry-{number}"));
        var deal = (await taken.JsonAsync()).GetProperty("dealId").GetString()!;
        var owner = await Eventually.SeenAsync(
            async () => await home.Admin.GetAsync($"/api/deals/{deal}") is { StatusCode: HttpStatusCode.OK } found
                ? (await found.JsonAsync()).GetProperty("owner").GetString()
                : null,
            "an owner");
        using var sales = await home.CallerAsync(owner, Workflows.Web.Hosting.Keys.Role.Sales);
        var quotation =
            """{"lines":[{"sku":"GP-40","description":"Gear pump GP-40","quantity":500,"unit":"pc","listPrice":{"amount":"100.00","currency":"USD"},"unitCost":{"amount":"60.00","currency":"USD"}}],"discountPercent":12,"delivery":{"incoterm":"FOB","place":"Shanghai"},"paymentTerms":"TT30-70BL"}""";
        var offered = await sales.SendAsync(
            WebHome.Post($"/api/deals/{deal}/quotations", quotation, $"approval-quotation-{number}"));
        Assert.True(offered.IsSuccessStatusCode, await offered.Content.ReadAsStringAsync());
        var outbox = home.Services.GetRequiredService<IMailOutbox>();
        var mail = await Eventually.SeenAsync(
            async () =>
                (
                    await outbox.QueryAsync(new MailQuery { About = deal })).Items.FirstOrDefault(
                        record => Link().IsMatch(record.Mail.Text)),
            "the approval mail");
        return (deal, await home.LinkOfAsync(mail));
    }

    private async Task<JsonElement> DealAsync(string deal) =>
        await (await home.Admin.GetAsync($"/api/deals/{deal}")).JsonAsync();

    private async Task<JsonElement> ApprovalOfAsync(string deal) =>
        Assert.Single((await DealAsync(deal)).GetProperty("approvals").EnumerateArray());

    private static async Task<string> TokenAsync(HttpClient browser, string link) =>
        WebUtility.HtmlDecode(Token().Match(await browser.GetStringAsync(link)).Groups[1].Value);

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}

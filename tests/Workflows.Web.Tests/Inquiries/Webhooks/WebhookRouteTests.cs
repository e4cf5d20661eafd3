using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Platform;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

public sealed class WebhookRouteTests(WebHome home) : IClassFixture<WebHome>
{
    private const string Url = "/api/webhooks/standard";

    private static string Inquiry(string id, string name = "Anna Berg") =>
        $$$"""{"type":"inquiry.created","timestamp":"2026-11-03T08:00:00Z","data":{"platformInquiryId":"{{{id}}}","buyer":{"name":"{{{name}}}","email":"anna@berg-pumpen.de","company":"Berg Pumpen GmbH","countryISO2":"DE"},"products":[{"name":"Gear pump GP-40","qty":50,"unit":"pc","targetPrice":{"amount":"180.00","currency":"USD"}}],"incoterm":"FOB","destPort":"Shanghai","message":"Please quote 50 pumps.","language":"de","somethingNew":true}}""";

    [Fact]
    public async Task A_signed_inquiry_starts_a_deal_and_its_replay_changes_nothing()
    {
        var first = await home.Anonymous.SendAsync(WebHome.Signed("msg_a", Inquiry("Q-a")));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        var receipt = await first.JsonAsync();
        Assert.False(receipt.GetProperty("duplicate").GetBoolean());
        var deal = receipt.GetProperty("dealId").GetString()!;

        var again = await (await home.Anonymous.SendAsync(WebHome.Signed("msg_a", Inquiry("Q-a")))).JsonAsync();
        Assert.True(again.GetProperty("duplicate").GetBoolean());
        Assert.Equal(deal, again.GetProperty("dealId").GetString());

        var shown = await Eventually.SeenAsync(
            async () =>
                await home.Admin.GetAsync($"/api/deals/{deal}") is { StatusCode: HttpStatusCode.OK } found
                    ? found
                    : null,
            "the deal");
        Assert.Equal(
            "Anna Berg",
            (await shown.JsonAsync()).GetProperty("inquiry").GetProperty("buyer").GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_same_event_a_thousand_times_at_once_is_one_deal()
    {
        var deliveries = Enumerable.Range(0, 1000)
            .Select(_ => home.Anonymous.SendAsync(WebHome.Signed("msg_many", Inquiry("Q-many"))));
        var answers = await Task.WhenAll(deliveries);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        var receipts = await Task.WhenAll(answers.Select(answer => answer.JsonAsync()));
        Assert.Single(receipts.Select(receipt => receipt.GetProperty("dealId").GetString()).Distinct());
        Assert.Single(receipts, receipt => !receipt.GetProperty("duplicate").GetBoolean());
    }

    [Fact]
    public async Task The_same_id_with_another_body_is_a_conflict_and_starts_nothing()
    {
        await home.Anonymous.SendAsync(WebHome.Signed("msg_b", Inquiry("Q-b")));
        var other = await home.Anonymous.SendAsync(WebHome.Signed("msg_b", Inquiry("Q-b2")));
        await other.ProblemAsync(HttpStatusCode.Conflict, "webhook-id-reused");
        var instances = home.Services.GetRequiredService<IOrchestrationClient>();
        Assert.Null(await instances.GetAsync(Workflows.Lifecycle.DealNumbering.For("standard", "Q-b2").Value, default));
    }

    [Fact]
    public async Task The_same_id_with_another_body_at_the_same_time_is_one_deal_and_one_conflict()
    {
        foreach (var n in Enumerable.Range(0, 10))
        {
            var answers = await Task.WhenAll(new[] { "x", "y" }.Select(
                body => home.Anonymous.SendAsync(WebHome.Signed($"msg_twice{n}", Inquiry($"Q-twice{n}{body}")))));
            Assert.Equal(
                [HttpStatusCode.Accepted, HttpStatusCode.Conflict],
                answers.Select(answer => answer.StatusCode).Order());
        }
    }

    [Theory]
    [InlineData("msg_j1", """{"type":"stock.changed","data":{}}""", HttpStatusCode.Accepted)]
    [InlineData("msg_j2", "some nonsense", HttpStatusCode.UnprocessableEntity)]
    public async Task A_reused_id_with_nonsense_is_a_conflict_too(string id, string first, HttpStatusCode expected)
    {
        Assert.Equal(expected, (await home.Anonymous.SendAsync(WebHome.Signed(id, first))).StatusCode);
        Assert.Equal(expected, (await home.Anonymous.SendAsync(WebHome.Signed(id, first))).StatusCode);
        var other = await home.Anonymous.SendAsync(WebHome.Signed(id, "other nonsense"));
        await other.ProblemAsync(HttpStatusCode.Conflict, "webhook-id-reused");
    }

    [Fact]
    public async Task An_inquiry_too_long_to_be_kept_is_shortened_from_a_platform_and_refused_by_hand()
    {
        var body = Inquiry("Q-emoji").Replace(
            "Please quote 50 pumps.", string.Concat(Enumerable.Repeat("😀", 44_000)), StringComparison.Ordinal);
        var receipt = await (await home.Anonymous.SendAsync(WebHome.Signed("msg_emoji", body))).JsonAsync();
        var deal = new Workflows.Trade.DealId(receipt.GetProperty("dealId").GetString()!);
        var kept = await Eventually.SeenAsync(
            () => Workflows.Inquiries.InquiryRepository.FindAsync(home.Tables, deal, default), "the inquiry");
        Assert.StartsWith("😀😀", kept.Message, StringComparison.Ordinal);
        Assert.EndsWith("😀…", kept.Message, StringComparison.Ordinal);

        var byHand = body[(body.IndexOf("\"buyer\"", StringComparison.Ordinal))..^1]
            .Replace(",\"somethingNew\":true", "", StringComparison.Ordinal);
        var taken = await home.Admin.SendAsync(
            WebHome.Post("/api/inquiries", """{"source":"fair",""" + byHand, "emoji-by-hand"));
        Assert.Equal(
            ["/message"], (await taken.ProblemAsync(HttpStatusCode.UnprocessableEntity, "text-invalid")).Pointers());
    }

    [Fact]
    public async Task Unsigned_wrong_and_stale_webhooks_are_refused_alike_and_leave_only_a_counter()
    {
        var stale = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 301;
        var wrong = WebHome.Signed("msg_c", Inquiry("Q-c"), "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        var late = WebHome.Signed("msg_c", Inquiry("Q-c"), at: stale);
        var answers = new[] { await home.Anonymous.SendAsync(wrong), await home.Anonymous.SendAsync(late) };
        foreach (var answer in answers)
        {
            await answer.ProblemAsync(HttpStatusCode.Unauthorized, "webhook-signature-invalid");
            Assert.NotEmpty(answer.Headers.WwwAuthenticate);
        }

        Assert.Null(await home.Tables.GetAsync("WebhookInbox", "standard", "e|msg_c"));
        Assert.True(home.Services.GetRequiredService<WebhookCounters>().Counts[("standard", "stale")] >= 1);
        var unsigned = await home.Anonymous.SendAsync(WebHome.Post(Url, Inquiry("Q-c")));
        await unsigned.ProblemAsync(HttpStatusCode.BadRequest, "webhook-header-invalid");
    }

    [Fact]
    public async Task An_unknown_type_is_taken_and_ignored()
    {
        var answer = await home.Anonymous.SendAsync(WebHome.Signed("msg_d", """{"type":"stock.changed","data":{}}"""));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await answer.JsonAsync()).GetProperty("dealId").ValueKind);
        Assert.NotNull(await home.Tables.GetAsync("WebhookInbox", "standard", "e|msg_d"));
    }

    [Theory]
    [InlineData("msg_e1", "")]
    [InlineData("msg_e2", "not json")]
    [InlineData("msg_e3", "[]")]
    [InlineData(
        "msg_e4",
        """{"type":"inquiry.created","data":{"platformInquiryId":"Q-e","buyer":{"name":"A","email":"a@b.co\r\nBcc: x@y.z"}}}""")]
    [InlineData("msg_e5", """{"type":"inquiry.created","data":{"platformInquiryId":"Q-e","buyer":"Anna"}}""")]
    public async Task Signed_nonsense_is_refused_and_kept_for_an_admin(string id, string body)
    {
        var answer = await home.Anonymous.SendAsync(WebHome.Signed(id, body));
        await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "payload-invalid");
        var letter = await home.Services.GetRequiredService<DeadLetters>().FindAsync("standard", id, default);
        Assert.Equal(body, Encoding.UTF8.GetString(letter!.Body));
    }

    [Fact]
    public async Task Hostile_texts_are_taken_as_text()
    {
        var answer = await home.Anonymous.SendAsync(
            WebHome.Signed("msg_f", Inquiry("Q-f", "<img src=x onerror=alert(1)> {{7*7}} ${jndi:ldap://x}")));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Unknown_platforms_are_not_found_and_probes_of_known_ones_are_answered()
    {
        await (await home.Anonymous.SendAsync(WebHome.Post("/api/webhooks/unknown", "{}")))
            .ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(HttpStatusCode.OK, (await home.Anonymous.GetAsync(Url)).StatusCode);
        var put = await home.Anonymous.PutAsync(Url, new StringContent("{}"));
        await put.ProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Contains("POST", put.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Other_media_types_are_not_taken(string? type)
    {
        var request = WebHome.Signed("msg_g", "{}");
        request.Content!.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        await (await home.Anonymous.SendAsync(request))
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task Compressed_and_oversized_bodies_are_not_taken()
    {
        var compressed = WebHome.Signed("msg_h", "{}");
        compressed.Content!.Headers.ContentEncoding.Add("gzip");
        await (await home.Anonymous.SendAsync(compressed))
            .ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        var huge = WebHome.Signed("msg_i", new string('x', 800 * 1024));
        await (await home.Anonymous.SendAsync(huge)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task A_long_message_in_any_script_is_kept_word_for_word()
    {
        var text = string.Concat(Enumerable.Repeat("询盘 مرحبا 😀 =cmd() ", 8_000));
        var body = Inquiry("Q-long").Replace("Please quote 50 pumps.", text, StringComparison.Ordinal);
        var receipt = await (await home.Anonymous.SendAsync(WebHome.Signed("msg_long", body))).JsonAsync();
        var deal = new Workflows.Trade.DealId(receipt.GetProperty("dealId").GetString()!);
        var kept = await Eventually.SeenAsync(
            () => Workflows.Inquiries.InquiryRepository.FindAsync(home.Tables, deal, default), "the inquiry");
        Assert.Equal(text, kept.Message);
    }
}

using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Web.Tests.Inquiries;

/// <summary>What is written to us reaches a person, whatever it is written on.</summary>
public sealed class WrittenToUsTests(WebHome home) : IClassFixture<WebHome>
{
    private const string Products = """
        "products":[{"sku":"RF-BV50","name":"Ball valve DN50","qty":500,"unit":"pc"}]
        """;

    [Fact]
    public async Task A_message_before_its_inquiry_starts_the_deal_and_the_inquiry_completes_it()
    {
        const string buyer = "\"buyer\":{\"name\":\"Anna\",\"email\":\"anna@early.example\"}";
        var deal = await SendAsync(
            "early-1", "inquiry.message", "early", $"{buyer},\"message\":\"Did you see my inquiry?\"");
        var before = await SeenAsync(deal, json => ScoreOf(json) > 0, "the first score");

        await SendAsync(
            "early-2", "inquiry.created", "early",
            $"{buyer[..^1]},\"company\":\"Early GmbH\",\"countryISO2\":\"DE\"}},{Products},"
                + "\"message\":\"Please quote.\"");

        var after = await SeenAsync(
            deal, json => json.GetProperty("inquiry").GetProperty("products").GetArrayLength() == 1, "the products");
        Assert.Equal((45, 80), (ScoreOf(before), ScoreOf(after)));
        Assert.Equal("DE", after.GetProperty("inquiry").GetProperty("buyer").GetProperty("country").GetString());
        Assert.Equal("Assigned", after.GetProperty("stage").GetString());
    }

    [Fact]
    public async Task A_message_on_a_duplicate_goes_to_the_deal_that_it_repeats()
    {
        const string data = $"\"buyer\":{{\"name\":\"Ben\",\"email\":\"ben@twice.example\"}},{Products}";
        var original = await SendAsync("twice-1", "inquiry.created", "twice-1", data);
        await SeenAsync(original, json => json.GetProperty("stage").GetString() == "Assigned", "an owner");
        var duplicate = await SendAsync("twice-2", "inquiry.created", "twice-2", data);
        await SeenAsync(duplicate, json => json.GetProperty("stage").GetString() == "Rejected", "the duplicate");

        await SendAsync("twice-3", "inquiry.message", "twice-2", $"{data},\"message\":\"And 900 of them?\"");

        var served = await SeenAsync(
            original,
            json => json.GetProperty("timeline").EnumerateArray().Any(
                entry => entry.GetProperty("why").GetString() == "And 900 of them?"),
            "the message");
        Assert.Equal("Assigned", served.GetProperty("stage").GetString());
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_processed_is_mailed_to_a_manager_with_its_words_and_a_link()
    {
        using var answer = await home.Anonymous.SendAsync(WebHome.Signed(
            "lost-1", """{"type":"inquiry.created","data":{"buyer":{"name":"Anna","phone":"+49 170 5550101"}}}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);

        await home.Services.GetRequiredService<DoorDigests>().SendDueAsync(CancellationToken.None);

        var mail = Assert.Single(
            (await home.Services.GetRequiredService<IMailOutbox>().QueryAsync(new MailQuery { About = "door" })).Items,
            mail => mail.Mail.Kind == "deliveries-lost").Mail;
        var managers = home.Policy.Staff.Where(member => member.Role == StaffRole.Manager);
        Assert.Contains(mail.To.Address, managers.Select(member => member.Email));
        Assert.Contains("+49 170 5550101", mail.Text, StringComparison.Ordinal);
        Assert.Contains("/webhooks", mail.Text, StringComparison.Ordinal);
    }

    private static int ScoreOf(JsonElement deal) =>
        deal.GetProperty("qualification") is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty("score").GetProperty("value").GetInt32()
            : 0;

    private async Task<string> SendAsync(string id, string type, string inquiry, string data)
    {
        using var answer = await home.Anonymous.SendAsync(WebHome.Signed(
            id, $$$"""{"type":"{{{type}}}","data":{"platformInquiryId":"{{{inquiry}}}",{{{data}}}}}"""));
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).GetProperty("dealId").GetString()!;
    }

    private async Task<JsonElement> SeenAsync(string deal, Func<JsonElement, bool> fits, string what)
    {
        var found = await Eventually.SeenAsync(
            async () => await home.Admin.GetAsync($"/api/deals/{deal}") is { StatusCode: HttpStatusCode.OK } shown
                && await shown.JsonAsync() is var json && fits(json)
                    ? (object)json
                    : null,
            what);
        return (JsonElement)found;
    }
}

using System.Net;
using System.Text.Json;
using Workflows.Conformance;

namespace Workflows.Web.Tests.Inquiries;

/// <summary>Firms that write from one mail domain.</summary>
public sealed class SharedDomainTests(WebHome home) : IClassFixture<WebHome>
{
    private const string Question = "One company or two? The manager was asked";

    [Theory]
    [InlineData("libero.it")]
    [InlineData("t-online.de")]
    [InlineData("orange.fr")]
    [InlineData("hotmail.co.uk")]
    [InlineData("yahoo.co.jp")]
    public async Task At_a_mail_provider_they_are_two_customers_and_nobody_is_asked(string domain)
    {
        var one = await QualifiedAsync($"one@{domain}", "Alfa Srl");
        var two = await QualifiedAsync($"two@{domain}", "Beta SpA");

        Assert.NotEqual(CustomerOf(one), CustomerOf(two));
        Assert.DoesNotContain(Question, EventsOf(two));
    }

    [Fact]
    public async Task At_a_company_domain_another_name_is_asked_about_and_not_merged()
    {
        var one = await QualifiedAsync("one@group.example", "Alfa Srl");
        var same = await QualifiedAsync("two@group.example", "ALFA");
        var other = await QualifiedAsync("three@group.example", "Beta SpA");

        Assert.Equal(CustomerOf(one), CustomerOf(same));
        Assert.NotEqual(CustomerOf(one), CustomerOf(other));
        Assert.DoesNotContain(Question, EventsOf(same));
        Assert.Contains(Question, EventsOf(other));
    }

    private static string? CustomerOf(JsonElement deal) =>
        deal.GetProperty("qualification").GetProperty("customer").GetString();

    private static IEnumerable<string?> EventsOf(JsonElement deal) =>
        deal.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("what").GetString());

    private async Task<JsonElement> QualifiedAsync(string email, string company)
    {
        var body = $$$"""
            {"type":"inquiry.created","data":{"platformInquiryId":"{{{email}}}","buyer":{"name":"A buyer",
            "email":"{{{email}}}","company":"{{{company}}}"},"products":[{"name":"Gear pump","qty":40}],
            "message":"Please quote."}}
            """;
        using var answer = await home.Anonymous.SendAsync(
            WebHome.Signed("msg_" + email.Replace('@', '_').Replace('.', '_'), body));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var deal = (await answer.JsonAsync()).GetProperty("dealId").GetString();
        var found = await Eventually.SeenAsync(
            async () => await home.Admin.GetAsync($"/api/deals/{deal}") is { StatusCode: HttpStatusCode.OK } shown
                && await shown.JsonAsync() is var json
                && json.GetProperty("qualification").ValueKind == JsonValueKind.Object
                    ? (object)json
                    : null,
            "a qualified deal");
        return (JsonElement)found;
    }
}

using System.Net;
using System.Text.Json;
using Workflows.Conformance;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Inquiries;

/// <summary>What is refused at the door, and how a person lets it in.</summary>
public sealed class RefusedInquiryTests(WebHome home) : IClassFixture<WebHome>
{
    [Theory]
    [InlineData("seo-1", "Seo Min-jun", "Dear Sirs, I am Seo from Busan. Please quote ball valves.")]
    [InlineData("seo-2", "Min-jun", "Please quote ball valves. Regards, Seo")]
    public async Task A_buyer_named_Seo_is_no_spam(string id, string name, string message)
    {
        var deal = await TakeAsync(id, name, $"{id}@naver.com", message, "\"products\":[{\"name\":\"Ball valve\"}],");

        Assert.Equal("Assigned", (await AtStageAsync(deal, "Assigned")).GetProperty("stage").GetString());
    }

    [Fact]
    public async Task What_is_refused_is_listed_and_a_manager_lets_it_go_on()
    {
        var deal = await TakeAsync("junk-1", "Bob", "bob@gmail.com", "SEO and backlinks for you");
        await AtStageAsync(deal, "Rejected");
        using var hanna = await home.CallerAsync("hanna", Role.Manager);
        using var jonas = await home.CallerAsync("jonas", Role.Sales);

        var listed = await (await hanna.GetAsync("/api/deals?stage=Rejected")).JsonAsync();
        Assert.Contains(deal, listed.GetProperty("items").EnumerateArray().Select(
            item => item.GetProperty("id").GetString()));
        var page = await hanna.GetStringAsync($"/deals/{deal}");
        Assert.Contains($"/deals/{deal}/reinstate", page, StringComparison.Ordinal);
        Assert.Contains("reads like spam", page, StringComparison.Ordinal);

        const string body = """{"reason":"A known agency of a customer."}""";
        var path = $"/api/deals/{deal}/reinstate";
        Assert.Equal(HttpStatusCode.Forbidden, (await jonas.SendAsync(WebHome.Post(path, body))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hanna.SendAsync(WebHome.Post(path, body))).StatusCode);
        var going = await AtStageAsync(deal, "Assigned");
        Assert.Contains(going.GetProperty("timeline").EnumerateArray(), entry =>
            entry.GetProperty("what").GetString() == "Not rejected after all: the deal goes on"
            && entry.GetProperty("who").GetString() == "hanna");
        Assert.Equal(HttpStatusCode.Conflict, (await hanna.SendAsync(WebHome.Post(path, body))).StatusCode);
    }

    private async Task<string> TakeAsync(string id, string name, string email, string message, string products = "")
    {
        var body = $$$"""
            {"type":"inquiry.created","data":{"platformInquiryId":"{{{id}}}",{{{products}}}
            "buyer":{"name":"{{{name}}}","email":"{{{email}}}"},"message":"{{{message}}}"}}
            """;
        using var answer = await home.Anonymous.SendAsync(WebHome.Signed("msg_" + id, body));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.JsonAsync()).GetProperty("dealId").GetString()!;
    }

    private async Task<JsonElement> AtStageAsync(string deal, string stage)
    {
        var found = await Eventually.SeenAsync(
            async () => await home.Admin.GetAsync($"/api/deals/{deal}") is { StatusCode: HttpStatusCode.OK } shown
                && await shown.JsonAsync() is var json && json.GetProperty("stage").GetString() == stage
                    ? (object)json
                    : null,
            $"the stage {stage}");
        return (JsonElement)found;
    }
}

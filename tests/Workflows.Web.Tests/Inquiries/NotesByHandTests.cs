using System.Net;
using Workflows.Conformance;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Inquiries;

/// <summary>Inquiries that people take by hand, with numbers of their own.</summary>
public sealed class NotesByHandTests(WebHome home) : IClassFixture<WebHome>
{
    [Fact]
    public async Task Two_notes_of_one_number_with_different_buyers_are_two_deals()
    {
        using var jonas = await home.CallerAsync("jonas", Role.Sales);
        using var mei = await home.CallerAsync("mei", Role.Sales);

        var first = await TakeAsync(jonas, Note("17", "rosa@uno.example"), "note-17-jonas");
        var second = await TakeAsync(mei, Note("17", "ken@dos.example"), "note-17-mei");

        Assert.NotEqual(first.Deal, second.Deal);
        Assert.False(second.Duplicate);
        Assert.Equal("ken@dos.example", await BuyerOfAsync(second.Deal));
    }

    [Fact]
    public async Task The_same_note_of_the_same_buyer_is_one_deal_whoever_enters_it()
    {
        using var jonas = await home.CallerAsync("jonas", Role.Sales);
        using var mei = await home.CallerAsync("mei", Role.Sales);

        var first = await TakeAsync(jonas, Note("18", "Ana@tres.example"), "note-18-jonas");
        var second = await TakeAsync(mei, Note("18", "ana@tres.example"), "note-18-mei");

        Assert.Equal((first.Deal, true), (second.Deal, second.Duplicate));
    }

    private static string Note(string number, string email) =>
        $$$"""
        {"source":"fair","reference":"{{{number}}}","buyer":{"name":"A buyer","email":"{{{email}}}","countryISO2":"ES"},
        "products":[{"name":"Gear pump","qty":500,"unit":"pc"}],"message":"Please quote."}
        """;

    private static async Task<(string Deal, bool Duplicate)> TakeAsync(HttpClient caller, string note, string key)
    {
        var taken = await caller.SendAsync(WebHome.Post("/api/inquiries", note, key));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        var receipt = await taken.JsonAsync();
        return (receipt.GetProperty("dealId").GetString()!, receipt.GetProperty("duplicate").GetBoolean());
    }

    private async Task<string?> BuyerOfAsync(string deal) =>
        await Eventually.SeenAsync(
            async () => await home.Admin.GetAsync($"/api/deals/{deal}") is { StatusCode: HttpStatusCode.OK } found
                ? (await found.JsonAsync()).GetProperty("inquiry").GetProperty("buyer").GetProperty("email").GetString()
                : null,
            "the deal");
}

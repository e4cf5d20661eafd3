using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Platform;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

/// <summary>What platforms write in fields that an inquiry can do without.</summary>
public sealed class GenerousInquiryTests(WebHome home) : IClassFixture<WebHome>
{
    [Theory]
    [InlineData("phone", "\"phone\":\"\\u202a+49 170 5550101\\u202c\"", "+49 170 5550101")]
    [InlineData("phone", "\"phone\":491705550101", "491705550101")]
    [InlineData("phone", "\"phone\":\"0170\\n5550101\"", "0170 5550101")]
    [InlineData("company", "\"company\":\"\"", null)]
    [InlineData("company", "\"company\":\" \\u200b \"", null)]
    [InlineData("company", "\"company\":\"Cafe\\u0301 SA\"", "Café SA")]
    [InlineData("country", "\"countryISO2\":\"UK\"", "GB")]
    [InlineData("country", "\"countryISO2\":\"EL\"", "GR")]
    [InlineData("country", "\"countryISO2\":\"de\"", "DE")]
    [InlineData("memberYears", "\"memberYears\":\"3\"", "3")]
    [InlineData("verified", "\"verified\":\"yes\"", "True")]
    public async Task A_trifle_in_a_field_of_the_buyer_is_read_as_it_was_meant(
        string field, string sent, string? expected)
    {
        var inquiry = await InquiryAsync(Data("anna@acme.example", sent));

        Assert.Equal(expected, inquiry.GetProperty("buyer").GetProperty(field).ToString() is { Length: > 0 } read
            ? read
            : null);
        Assert.Equal(JsonValueKind.Null, inquiry.GetProperty("unread").ValueKind);
    }

    [Theory]
    [InlineData("\"zh-CN\"", "zh")]
    [InlineData("\"EN\"", "en")]
    [InlineData("\"pt_BR\"", "pt")]
    public async Task A_language_loses_its_region_and_its_case(string sent, string expected) =>
        Assert.Equal(
            expected,
            (await InquiryAsync(Data("anna@acme.example", "\"company\":\"Acme\"", $"\"language\":{sent}")))
                .GetProperty("language").GetString());

    [Theory]
    [InlineData("8E+2", "800")]
    [InlineData("\"800\"", "800")]
    [InlineData("0.12345678", "0.123457")]
    public async Task A_quantity_is_a_number_however_it_is_written(string sent, string expected)
    {
        var inquiry = await InquiryAsync(Data(
            "anna@acme.example", "\"company\":\"Acme\"", $$$"""
            "products":[{"name":"Gear pump","qty":{{{sent}}},"targetPrice":{"amount":24.500,"currency":"usd"}}]
            """));

        var product = inquiry.GetProperty("products")[0];
        Assert.Equal(expected, product.GetProperty("quantity").GetRawText());
        Assert.Equal("24.50 USD", PriceOf(product));
    }

    [Theory]
    [InlineData("sales&export@acme.example", "sales&export@acme.example")]
    [InlineData("anna@b\u00fccher.example", "anna@xn--bcher-kva.example")]
    [InlineData(" Anna Berg <anna@acme.example> ", "anna@acme.example")]
    [InlineData("mailto:anna@acme.example", "anna@acme.example")]
    public async Task An_address_is_read_as_mail_servers_take_it(string sent, string expected) =>
        Assert.Equal(
            expected,
            (await InquiryAsync(Data(sent, "\"company\":\"Acme\"")))
                .GetProperty("buyer").GetProperty("email").GetString());

    [Fact]
    public async Task What_cannot_be_read_is_left_out_and_shown_on_the_deal_and_in_the_owners_mail()
    {
        const string rest = """
            "products":["Ball valve DN50",{"name":"Gear pump","qty":"about 500","targetPrice":"cheap"}],
            "incoterm":"CNF","destPort":"Hamburg"
            """;
        var deal = await TakeAsync(Data(
            "anna@unread.example", "\"company\":\"Unread\",\"countryISO2\":\"Germany\"", rest));
        var inquiry = (await DealAsync(deal)).GetProperty("inquiry");

        var unread = inquiry.GetProperty("unread").EnumerateArray()
            .Select(value => $"{value.GetProperty("field")}: {value.GetProperty("text")}");
        string[] expected =
        [
            "buyer.countryISO2: Germany", "destPort: Hamburg", "incoterm: CNF", "products[1]: Ball valve DN50",
            "products[2].qty: about 500", "products[2].targetPrice: cheap",
        ];
        Assert.Equal(expected, unread.Order(StringComparer.Ordinal));
        Assert.Equal("Gear pump", Assert.Single(inquiry.GetProperty("products").EnumerateArray())
            .GetProperty("name").GetString());

        var page = await home.Admin.GetStringAsync($"/deals/{deal}");
        Assert.Contains("Could not be read", page, StringComparison.Ordinal);
        Assert.Contains("products[2].qty: about 500", page, StringComparison.Ordinal);
        var mail = await Eventually.SeenAsync(
            async () => (await home.Services.GetRequiredService<IMailOutbox>().QueryAsync(
                new MailQuery { About = deal })).Items.FirstOrDefault(mail => mail.Mail.Kind == "inquiry-assigned"),
            "the owner's mail");
        Assert.Contains("about 500", mail.Mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"name\":\"\",\"company\":\"Acme\"", "Acme")]
    [InlineData("\"company\":\"\"", "anna@acme.example")]
    public async Task A_buyer_without_a_name_goes_by_company_or_address(string buyer, string expected)
    {
        var data = $$$"""{"platformInquiryId":{{{NextId()}}},"buyer":{"email":"anna@acme.example",{{{buyer}}}}}""";
        Assert.Equal(
            expected, (await InquiryAsync(data)).GetProperty("buyer").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"buyer":{"name":"Anna","email":"anna@acme.example"}}""", "/data/platformInquiryId")]
    [InlineData("""{"platformInquiryId":"Q-1","buyer":{"name":"Anna","phone":"123"}}""", "/data/buyer/email")]
    [InlineData("""{"platformInquiryId":"Q-1","buyer":{"name":"Anna","email":"nowhere"}}""", "/data/buyer/email")]
    public async Task Only_what_has_no_id_or_no_address_is_a_dead_letter(string data, string pointer)
    {
        var id = $"msg_useless_{NextId()}";
        var answer = await home.Anonymous.SendAsync(WebHome.Signed(id, Event(data)));

        Assert.Equal(
            [pointer], (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "payload-invalid")).Pointers());
        Assert.NotNull(await home.Services.GetRequiredService<DeadLetters>().FindAsync("standard", id, default));
    }

    [Theory]
    [InlineData("\"countryISO2\":\"UK\"", "/buyer/countryISO2")]
    [InlineData("\"phone\":\"\\u202a+49 170 5550101\\u202c\"", "/buyer/phone")]
    [InlineData("\"company\":\"\"", "/buyer/company")]
    public async Task By_hand_a_trifle_is_named_to_the_person_who_can_mend_it(string sent, string pointer)
    {
        var answer = await home.Admin.SendAsync(WebHome.Post(
            "/api/inquiries",
            $$$"""{"source":"fair","buyer":{"name":"Anna","email":"anna@acme.example",{{{sent}}}}}""",
            $"generous-{NextId()}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal([pointer], (await answer.JsonAsync()).Pointers());
    }

    private static int _number;

    private static int NextId() => Interlocked.Increment(ref _number) + 100;

    private static string Data(string email, string buyer, string rest = "\"message\":\"Please quote.\"") =>
        $$$"""
        {"platformInquiryId":{{{NextId()}}},"buyer":{"name":"Anna Berg","email":"{{{email}}}",{{{buyer}}}},{{{rest}}}}
        """;

    private static string Event(string data) => $$$"""{"type":"inquiry.created","data":{{{data}}}}""";

    private static string PriceOf(JsonElement product)
    {
        var price = product.GetProperty("targetPrice");
        return $"{price.GetProperty("amount").GetString()} {price.GetProperty("currency").GetString()}";
    }

    private async Task<JsonElement> InquiryAsync(string data) =>
        (await DealAsync(await TakeAsync(data))).GetProperty("inquiry");

    private async Task<string> TakeAsync(string data)
    {
        var answer = await home.Anonymous.SendAsync(WebHome.Signed($"msg_generous_{NextId()}", Event(data)));
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.JsonAsync()).GetProperty("dealId").GetString()!;
    }

    private async Task<JsonElement> DealAsync(string deal)
    {
        var answer = await Eventually.SeenAsync(
            async () => await home.Admin.GetAsync($"/api/deals/{deal}") is { StatusCode: HttpStatusCode.OK } found
                ? found
                : null,
            "the deal");
        return await answer.JsonAsync();
    }
}

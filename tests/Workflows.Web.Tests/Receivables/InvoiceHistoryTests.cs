namespace Workflows.Web.Tests.Receivables;

public sealed class InvoiceHistoryTests(TradingHome home) : IClassFixture<TradingHome>
{
    [Fact]
    public async Task The_history_of_an_invoice_is_told_in_words()
    {
        var invoice = await home.InvoiceAsync();

        var history = (await home.GetAsync($"/api/invoices/{invoice}")).GetProperty("history");

        var first = history[0];
        Assert.Equal(
            ["number", "who", "when", "status", "what", "why"], first.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, "system"), (first.GetProperty("number").GetInt32(), first.GetProperty("who").GetString()));
        Assert.Matches(
            "^Invoice INV-[A-Z0-9-]+ over USD 1,200.00 issued$", first.GetProperty("what").GetString());
        Assert.Matches(
            "^Due [0-9-]{10}: 7 days after the order$", first.GetProperty("why").GetString());
    }

    [Fact]
    public async Task Its_page_says_the_same()
    {
        var invoice = await home.InvoiceAsync();

        var page = await home.Web.Admin.GetStringAsync($"/invoices/{invoice}");

        Assert.Contains("over USD 1,200.00 issued", page, StringComparison.Ordinal);
        Assert.Contains("7 days after the order", page, StringComparison.Ordinal);
    }
}

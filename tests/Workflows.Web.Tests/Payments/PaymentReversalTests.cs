using System.Net;
using System.Text.Json;

namespace Workflows.Web.Tests.Payments;

/// <summary>A wrong booking has a way back, and everything that it moved moves back with it.</summary>
public sealed class PaymentReversalTests(PaymentHome home) : IClassFixture<PaymentHome>
{
    [Fact]
    public async Task Money_on_the_wrong_invoice_goes_to_the_right_one()
    {
        var (wrong, right) = (await home.OrderAsync() + "-I1", await home.OrderAsync() + "-I1");
        var payment = await PayAsync("3000.00", wrong);
        var before = PaymentHome.AmountOf((await home.CreditAsync(wrong)).GetProperty("exposure"), "total");

        using var moved = await TakeBackAsync(payment, $",\"invoice\":\"{right}\"");
        var after = PaymentHome.AmountOf((await home.CreditAsync(wrong)).GetProperty("exposure"), "total");

        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Equal(("0.00", "3000.00"), (await home.PaidAsync(wrong), await home.PaidAsync(right)));
        Assert.Equal("Open", StatusOf(await home.InvoiceAsync(wrong)));
        Assert.Equal(3000m, Amount(after) - Amount(before));
        Assert.Contains(
            await HistoryAsync(wrong),
            what => what == "USD 3,000.00 taken back: it was wrongly booked here");
        Assert.Empty(await MineAsync(payment));
    }

    [Fact]
    public async Task A_deposit_that_was_another_buyers_holds_production_again_until_it_is_really_paid()
    {
        var deal = await home.OrderAsync();
        var payment = await PayAsync("5068.80", $"{deal}-I1");
        await home.Trading.DealAsync(deal, found => StageOf(found) == "Fulfilling", "the release");

        using var taken = await TakeBackAsync(payment);
        await home.Trading.DealAsync(deal, found => Holds(found).Contains("Produced"), "the hold");
        using var refused = await home.Trading.Web.Admin.SendAsync(WebHome.Post(
            $"/api/deals/{deal}/milestones", """{"milestone":"Produced"}""", home.Trading.Unique("produced")));

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("Open", StatusOf(await home.InvoiceAsync($"{deal}-I1")));
        Assert.Equal("0.00", await home.PaidAsync($"{deal}-I1"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Single(await MineAsync(payment));

        await PayAsync("5068.80", $"{deal}-I1");
        await home.Trading.DealAsync(deal, found => !Holds(found).Contains("Produced"), "the second release");
        await home.ReachAsync(deal, "Produced");
        Assert.Equal("Paid", StatusOf(await home.InvoiceAsync($"{deal}-I1")));
    }

    [Fact]
    public async Task A_settled_invoice_that_is_open_again_is_chased_and_ages()
    {
        await using var late = new PaymentHomeOfItsOwn();
        var deal = await (await late.StartAsync()).OrderAsync();
        var payment = await PayAsync(late.Home, "5068.80", $"{deal}-I1");

        using var taken = await TakeBackAsync(late.Home, payment);
        await late.Home.UntilAsync("2026-10-30");

        var invoice = await late.Home.InvoiceAsync($"{deal}-I1");
        Assert.NotEqual(JsonValueKind.Null, invoice.GetProperty("dunningLevel").ValueKind);
        var ageing = await late.Home.Trading.GetAsync("/api/receivables/ageing");
        Assert.Equal("5068.80", PaymentHome.AmountOf(ageing.GetProperty("base"), "overdue"));
    }

    [Fact]
    public async Task After_the_deal_has_ended_its_invoice_is_open_again_by_itself()
    {
        var deal = await home.OrderAsync();
        await PayAsync("5068.80", $"{deal}-I1");
        await home.ReachAsync(deal, "Produced");
        await home.ReachAsync(deal, "Shipped");
        var payment = await PayAsync("11827.20", $"{deal}-I2");
        await home.Trading.DealAsync(deal, found => StageOf(found) == "Paid", "the end");

        using var taken = await TakeBackAsync(payment);
        var timeline = (await home.Trading.GetAsync($"/api/deals/{deal}")).GetProperty("timeline").ToString();

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("Open", StatusOf(await home.InvoiceAsync($"{deal}-I2")));
        Assert.Equal(
            [
                $"Invoice {NumberOf(deal)} over USD 11,827.20 issued",
                "Due on 2026-10-06",
                "USD 11,827.20 received, value 2026-09-29",
                "Paid",
                "USD 11,827.20 taken back: it was wrongly booked here",
            ],
            await HistoryAsync($"{deal}-I2"));
        Assert.Contains($"Invoice {deal}-I2 is open again", timeline, StringComparison.Ordinal);

        await PayAsync("11827.20", $"{deal}-I2");
        Assert.Equal("Paid", StatusOf(await home.InvoiceAsync($"{deal}-I2")));
    }

    [Fact]
    public async Task What_was_too_much_leaves_the_customers_credit()
    {
        var invoice = await home.OrderAsync() + "-I1";
        var payment = await PayAsync("6000.00", invoice);
        Assert.Equal("931.20", await BalanceAsync(invoice));

        using var taken = await TakeBackAsync(payment);

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("0.00", await BalanceAsync(invoice));
    }

    [Fact]
    public async Task It_stays_when_that_credit_has_paid_something()
    {
        var deal = await home.OrderAsync();
        var payment = await PayAsync("6000.00", $"{deal}-I1");
        await home.PostAsync($"/api/invoices/{deal}-I2/credit", "{}");

        using var refused = await TakeBackAsync(payment);

        var problem = await refused.ProblemAsync(HttpStatusCode.Conflict, "conflict");
        Assert.Contains($"{deal}-I2", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("5068.80", await home.PaidAsync($"{deal}-I1"));
        Assert.Empty(await MineAsync(payment));
    }

    [Fact]
    public async Task Money_on_the_balance_alone_is_taken_off_it()
    {
        var invoice = await home.OrderAsync() + "-I1";
        await PayAsync("5068.80", invoice);
        var second = await PayAsync("5068.80", invoice);
        Assert.Equal("5068.80", await BalanceAsync(invoice));

        using var taken = await TakeBackAsync(second);

        Assert.Equal((HttpStatusCode.OK, "0.00"), (taken.StatusCode, await BalanceAsync(invoice)));
        Assert.Equal("Paid", StatusOf(await home.InvoiceAsync(invoice)));
    }

    [Fact]
    public async Task Back_and_forth_on_one_invoice_each_move_counts_once()
    {
        var invoice = await home.OrderAsync() + "-I1";
        var payment = await PayAsync("1000.00", invoice);
        for (var times = 0; times < 2; times++)
        {
            using var taken = await TakeBackAsync(payment);
            Assert.Equal("0.00", await home.PaidAsync(invoice));
            using var placed = await home.SendAsync(
                "/api/payments/assignments", $$"""{"payment":"{{payment}}","invoice":"{{invoice}}"}""");
            Assert.Equal((HttpStatusCode.OK, "1000.00"), (placed.StatusCode, await home.PaidAsync(invoice)));
        }

        using var none = await home.SendAsync(
            "/api/payments/assignments", $$"""{"payment":"{{payment}}","invoice":"{{invoice}}"}""");
        Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
    }

    [Fact]
    public async Task The_invoices_page_offers_it()
    {
        var invoice = await home.OrderAsync() + "-I1";
        await PayAsync("5068.80", invoice);

        var page = await home.Finance.GetStringAsync($"/invoices/{invoice}");

        Assert.Contains("Take it off this invoice", page, StringComparison.Ordinal);
    }

    private static string NumberOf(string deal) => $"INV-{PaymentHome.CoreOf(deal)}-2";

    private Task<string> PayAsync(string amount, string invoice) => PayAsync(home, amount, invoice);

    private static async Task<string> PayAsync(PaymentHome on, string amount, string invoice)
    {
        var (_, receipt) = await on.PayAsync(amount, invoice, more: [("reference", on.Trading.Unique("BANK"))]);
        return receipt.GetProperty("payment").GetProperty("id").GetString()!;
    }

    private Task<HttpResponseMessage> TakeBackAsync(string payment, string more = "") =>
        TakeBackAsync(home, payment, more);

    private static Task<HttpResponseMessage> TakeBackAsync(PaymentHome on, string payment, string more = "") =>
        on.SendAsync(
            "/api/payments/reversals", $$"""{"payment":"{{payment}}","reason":"Another buyer's money."{{more}}}""");

    private async Task<IReadOnlyList<JsonElement>> MineAsync(string payment) =>
        [.. (await home.WaitingAsync()).Where(waiting => waiting.GetProperty("id").GetString() == payment)];

    private async Task<string> BalanceAsync(string invoice) =>
        PaymentHome.AmountOf((await home.CreditAsync(invoice)).GetProperty("exposure"), "advances");

    private async Task<IReadOnlyList<string?>> HistoryAsync(string invoice) =>
        [
            .. (await home.Trading.GetAsync($"/api/invoices/{invoice}")).GetProperty("history").EnumerateArray()
                .Select(entry => entry.GetProperty("what").GetString()),
        ];

    private static string StatusOf(JsonElement invoice) => invoice.GetProperty("status").GetString()!;

    private static string StageOf(JsonElement deal) => deal.GetProperty("stage").GetString()!;

    private static IEnumerable<string?> Holds(JsonElement deal) =>
        deal.GetProperty("holds").EnumerateArray().Select(hold => hold.GetProperty("milestone").GetString());

    private static decimal Amount(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>For a test that lets time pass: the others share a home that stands still.</summary>
    private sealed class PaymentHomeOfItsOwn : IAsyncDisposable
    {
        public PaymentHome Home { get; } = new();

        public async Task<PaymentHome> StartAsync()
        {
            await Home.InitializeAsync();
            return Home;
        }

        public async ValueTask DisposeAsync() => await Home.DisposeAsync();
    }
}

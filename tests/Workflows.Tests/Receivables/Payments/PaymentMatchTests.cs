using Workflows.Receivables;
using Workflows.Receivables.Payments;
using Workflows.Trade;
using static Workflows.Tests.Receivables.Given;

namespace Workflows.Tests.Receivables.Payments;

public class PaymentMatchTests
{
    [Theory]
    [InlineData("INV-7K2M-9QX4-T3BN-2", 2)]
    [InlineData("payment for inv 7k2m-9qx4-t3bn-2, thank you", 2)]
    [InlineData("INV7K2M9QX4T3BN2", 2)]
    [InlineData("D-7K2M-9QX4-T3BN-I2", 2)]
    [InlineData("/ROC/SO-7K2M-9QX4-T3BN//ACME", null)]
    [InlineData("D7K2M9QX4T3BN", null)]
    public void Our_number_is_found_however_a_bank_writes_it(string text, int? instalment) =>
        Assert.Equal([new NamedInvoice(Deal, instalment)], PaymentMatch.Find(text));

    [Theory]
    [InlineData("SO-7K2M-9QX4-T3BN 2", 2)]
    [InlineData("SO-7K2M-9QX4-T3BN-2", 2)]
    [InlineData("SO-7K2M-9QX4-T3BN 2 X 40HC", null)]
    [InlineData("SO-7K2M-9QX4-T3BN 2X40HC", null)]
    [InlineData("SO-7K2M-9QX4-T3BN 30% DEPOSIT", null)]
    [InlineData("SO-7K2M-9QX4-T3BN 03.03.2026", null)]
    [InlineData("INV-7K2M-9QX4-T3BN 2 PALLETS", 2)]
    public void A_digit_behind_an_order_is_a_loose_one_unless_it_goes_on_as_something_else(string text, int? digit) =>
        Assert.Equal([new NamedInvoice(Deal, null) { LooseDigit = digit }], PaymentMatch.Find(text));

    [Fact]
    public void Beside_an_invoice_its_order_says_no_more() =>
        Assert.Equal([new NamedInvoice(Deal, 2)], PaymentMatch.Find("SO-7K2M-9QX4-T3BN INV-7K2M-9QX4-T3BN-2"));

    [Theory]
    [InlineData("")]
    [InlineData("thank you for the valves")]
    [InlineData("7K2M-9QX4")]
    [InlineData("X7K2M9QX4T3BNX99Z")]
    public void Other_texts_name_nothing(string text) => Assert.Empty(PaymentMatch.Find(text));

    [Fact]
    public void Two_invoices_in_one_text_are_both_named() =>
        Assert.Equal(2, PaymentMatch.Find("INV-7K2M-9QX4-T3BN-1 + INV-7K2M-9QX4-T3BN-2").Count);

    [Fact]
    public void Where_only_the_order_is_named_the_amount_decides_and_a_tie_is_nobodys()
    {
        var (first, second) = (Numbered(1, 15_000), Numbered(2, 35_000));
        var named = new NamedInvoice(Deal, null);

        Assert.Equal(second, PaymentMatch.Choose(named, [first, second], Money.Of(35_000, "USD")));
        Assert.Null(PaymentMatch.Choose(named, [first, second], Money.Of(20_000, "USD")));
        Assert.Null(PaymentMatch.Choose(named, [first, Numbered(2, 15_000)], Money.Of(15_000, "USD")));
        Assert.Equal(
            second,
            PaymentMatch.Choose(named, [first with { Status = InvoiceStatus.Paid }, second], Money.Of(100, "USD")));
    }

    [Fact]
    public void What_was_not_asked_for_yet_takes_no_loose_digit_and_no_part()
    {
        var (deposit, balance) = (Numbered(1, 5_068.80m), Numbered(2, 11_827.20m) with { Due = null });
        var named = new NamedInvoice(Deal, null) { LooseDigit = 2 };

        Assert.Equal(deposit, PaymentMatch.Choose(named, [deposit, balance], Money.Of(5_068.80m, "USD")));
        Assert.Equal(deposit, PaymentMatch.Choose(named, [deposit, balance], Money.Of(3_000, "USD")));
        Assert.Equal(balance, PaymentMatch.Choose(named, [deposit, balance], Money.Of(11_827.20m, "USD")));
        Assert.Null(PaymentMatch.Choose(named, [deposit, balance], Money.Of(16_896, "USD")));
    }

    [Fact]
    public void A_loose_digit_decides_between_invoices_that_were_asked_for()
    {
        var (first, second) = (Numbered(1, 5_000), Numbered(2, 5_000));
        var named = new NamedInvoice(Deal, null) { LooseDigit = 2 };

        Assert.Equal(second, PaymentMatch.Choose(named, [first, second], Money.Of(5_000, "USD")));
    }

    private static Invoice Numbered(int number, decimal amount) =>
        Invoice(amount, Day("2026-11-01")) with { Id = new InvoiceId($"{Deal}-I{number}") };
}

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

    private static Invoice Numbered(int number, decimal amount) =>
        Invoice(amount, Day("2026-11-01")) with { Id = new InvoiceId($"{Deal}-I{number}") };
}

namespace Workflows.Web.Tests.Payments;

/// <summary>Explicit references and exact amounts go before loose digits.</summary>
public sealed class PaymentMatchingTests(PaymentHome home) : IClassFixture<PaymentHome>
{
    [Theory]
    [InlineData("DEPOSIT SO-{0} 2 X 40HC", "5068.80")]
    [InlineData("SO-{0} 30% DEPOSIT", "5068.80")]
    [InlineData("SO-{0} 03.03.2026", "5068.80")]
    [InlineData("SO-{0} 03.03.2026", "5043.80")]
    [InlineData("SO {0} 2", "5068.80")]
    [InlineData("INV-{0}-1 2 X 40HC", "3000.00")]
    public async Task It_is_the_deposit(string text, string amount)
    {
        var deal = await home.OrderAsync();

        await home.PayAsync(amount, more: [("remittanceText", Naming(text, deal))]);

        Assert.Equal((amount, "0.00"), (await home.PaidAsync($"{deal}-I1"), await home.PaidAsync($"{deal}-I2")));
    }

    [Theory]
    [InlineData("INV-{0}-2", "3000.00")]
    [InlineData("SO-{0} 1 CONTAINER", "11827.20")]
    public async Task It_is_the_balance(string text, string amount)
    {
        var deal = await home.OrderAsync();

        await home.PayAsync(amount, more: [("remittanceText", Naming(text, deal))]);

        Assert.Equal(("0.00", amount), (await home.PaidAsync($"{deal}-I1"), await home.PaidAsync($"{deal}-I2")));
    }

    private static string Naming(string text, string deal) =>
        text.Replace("{0}", PaymentHome.CoreOf(deal), StringComparison.Ordinal);
}

using FsCheck;
using FsCheck.Fluent;
using Workflows.Policies;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Tests.Receivables.Payments;

public class AllocationTests
{
    private static readonly PaymentPolicy Policy = new(ToleranceAmount: 50, TolerancePercent: 0.5m);

    [Theory]
    [InlineData(15_000, 14_970, 14_970, 30, 0)] // the smaller of 50 and 75
    [InlineData(15_000, 14_950, 14_950, 50, 0)]
    [InlineData(15_000, 14_949.99, 14_949.99, 0, 0)]
    [InlineData(15_000, 14_900, 14_900, 0, 0)]
    [InlineData(5_000, 4_975, 4_975, 25, 0)] // the smaller of 50 and 25
    [InlineData(5_000, 4_974.99, 4_974.99, 0, 0)]
    [InlineData(5_000, 5_000, 5_000, 0, 0)]
    [InlineData(5_000, 5_500, 5_000, 0, 500)]
    [InlineData(0, 700, 0, 0, 700)]
    public void A_payment_is_cash_bank_charges_and_credit(
        decimal open, decimal paid, decimal applied, decimal fee, decimal toBalance)
    {
        var allocation = Allocation.Of(Usd(open), Usd(paid), Policy);

        Assert.Equal(new Allocation(Usd(applied), Usd(fee), Usd(toBalance)), allocation);
    }

    [Fact]
    public void Ones_own_credit_has_no_bank_charges() =>
        Assert.Equal(Usd(0), Allocation.Of(Usd(100), Usd(99.99m), policy: null).Fee);

    [Fact]
    public void Nothing_is_lost_and_nothing_is_made_up()
    {
        var cents = Gen.Choose(1, 10_000_000);
        Prop.ForAll(cents.ToArbitrary(), cents.ToArbitrary(), (open, paid) =>
        {
            var allocation = Allocation.Of(Usd(open / 100m), Usd(paid / 100m), Policy);
            return allocation.Applied + allocation.ToBalance == Usd(paid / 100m)
                && (allocation.Applied + allocation.Fee).Amount <= open / 100m
                && allocation.Fee.Amount <= 50
                && (allocation.ToBalance.Amount == 0 || allocation.Applied.Amount == open / 100m);
        }).QuickCheckThrowOnFailure();
    }

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");
}

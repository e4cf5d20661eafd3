using FsCheck;
using FsCheck.Fluent;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Orders;

public class PaymentScheduleTests
{
    private static readonly Policy Policy = PolicyLoader.Default();

    [Fact]
    public void A_deposit_and_a_balance_share_the_total()
    {
        var instalments = PaymentSchedule.Of(Money.Of(50_000m, "USD"), Policy.FindTerms("TT30-70BL")!);

        Assert.Equal([15_000m, 35_000m], instalments.Select(instalment => instalment.Amount.Amount));
        Assert.Equal([1, 2], instalments.Select(instalment => instalment.Number));
        Assert.Equal(
            [Prerequisite.Production, Prerequisite.Documents],
            instalments.Select(instalment => instalment.Gates!.Value));
    }

    [Theory]
    [InlineData("100.01", "USD", "33.34", "66.67")] // 33.3366… rounds up, the last one takes the rest
    [InlineData("1001", "JPY", "334", "667")]
    [InlineData("10.001", "KWD", "3.334", "6.667")]
    public void The_last_instalment_takes_the_rounding(string total, string currency, string first, string last)
    {
        var terms = Terms(33.333m, 66.667m);

        var amounts = PaymentSchedule.Of(Money.Of(Parse(total), currency), terms).Select(part => part.Amount.Amount);

        Assert.Equal([Parse(first), Parse(last)], amounts);
    }

    [Fact]
    public void A_part_that_comes_to_nothing_is_left_out()
    {
        var instalments = PaymentSchedule.Of(Money.Of(1m, "JPY"), Terms(30, 70));

        Assert.Equal((1, 1m), (instalments.Single().Number, instalments.Single().Amount.Amount));
    }

    [Fact]
    public void Instalments_sum_to_the_total_and_are_whole_minor_units_in_every_currency()
    {
        string[] currencies = ["USD", "EUR", "JPY", "KRW", "KWD", "OMR", "CNY"];
        var cases =
            from currency in Gen.Elements(currencies)
            from minor in Gen.Choose(1, int.MaxValue)
            from parts in Gen.ArrayOf(Gen.Choose(1, 50)).Where(parts => parts.Length is > 0 and < 8)
            select (Currency: Currency.Parse(currency), minor, parts);

        Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var total = new Money(sample.minor / (decimal)Math.Pow(10, sample.Currency.MinorUnits), sample.Currency);
            var whole = (decimal)sample.parts.Sum();
            var instalments = PaymentSchedule.Of(total, Terms([.. sample.parts.Select(part => part * 100m / whole)]));
            return instalments.Sum(part => part.Amount.Amount) == total.Amount
                && instalments.All(part => part.Amount.IsWhole && part.Amount.Amount > 0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Numbers_follow_from_the_deal()
    {
        var deal = new DealId("D-7K2M-9QX4-T3BN");

        Assert.Equal("SO-7K2M-9QX4-T3BN", OrderNumbering.Order(deal));
        Assert.Equal("INV-7K2M-9QX4-T3BN-2", OrderNumbering.Invoice(deal, 2));
        Assert.Equal("D-7K2M-9QX4-T3BN-I2", OrderNumbering.InvoiceId(deal, 2).Value);
    }

    private static PaymentTermsPolicy Terms(params decimal[] percents) => new(
        "T", "Terms", [.. percents.Select(percent => new InstalmentPolicy("part", percent, DueBasis.Order, 0, null))]);

    private static decimal Parse(string number) =>
        decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
}

using FsCheck;
using FsCheck.Fluent;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Quotations;

public class QuotationPricingTests
{
    [Fact]
    public void A_quotation_is_priced_line_by_line()
    {
        var quotation = Drafts.Price(Drafts.Draft(8, Drafts.Line(1000, 20, 15), Drafts.Line(3, 33.335m, 20)));

        // 3 x 33.335 is 100.005, printed as 100.01.
        Assert.Equal(Money.Of(20_100.01m, "USD"), quotation.ListTotal);
        Assert.Equal(Money.Of(1_608.00m, "USD"), quotation.Discount);
        Assert.Equal(Money.Of(18_492.01m, "USD"), quotation.Total);
        Assert.Equal(18.55m, quotation.MarginPercent);
        Assert.Equal("D-0000-0000-0000-Q1", quotation.Number);
    }

    [Fact]
    public void A_currency_without_a_minor_unit_has_no_decimals()
    {
        var draft = Drafts.Draft(5, Drafts.Line(7, 1999.5m, null)) with { Currency = Currency.Parse("JPY") };

        var quotation = Drafts.Price(draft);

        Assert.Equal(
            [13_997m, 700m, 13_297m], [quotation.ListTotal.Amount, quotation.Discount.Amount, quotation.Total.Amount]);
        Assert.Null(quotation.MarginPercent);
    }

    [Theory]
    [InlineData("Asia/Shanghai", "2026-12-04", "2026-12-04T15:59:59Z")]
    [InlineData("Europe/Berlin", "2026-12-04", "2026-12-04T22:59:59Z")]
    [InlineData("America/New_York", "2026-12-03", "2026-12-04T04:59:59Z")]
    [InlineData("Pacific/Auckland", "2026-12-04", "2026-12-04T10:59:59Z")]
    public void An_offer_ends_with_the_last_day_of_its_validity_where_the_buyer_is(
        string zone, string lastDay, string lastMoment)
    {
        // It goes out on 4 November at 09:00 in Shanghai, still the 3rd in New York, for 30 days.
        var quotation = Drafts.PriceIn(zone, Drafts.Draft());

        Assert.Equal(lastDay, quotation.ValidOn?.ToString("yyyy-MM-dd", null));
        Assert.Equal(DateTimeOffset.Parse(lastMoment, null), quotation.ValidUntil);
    }

    [Fact]
    public void The_buyer_is_reminded_at_the_opening_of_a_business_day()
    {
        // Five days before Friday the 4th of December is a Sunday: Monday the 30th of November, 08:30 in Shanghai.
        var quotation = Drafts.Price(Drafts.Draft());

        Assert.Equal(
            new DateTimeOffset(2026, 11, 30, 0, 30, 0, TimeSpan.Zero),
            QuotationPricing.RemindAt(quotation, Drafts.Policy));
    }

    [Fact]
    public void A_short_offer_has_no_reminder()
    {
        var quotation = Drafts.Price(Drafts.Draft() with { ValidityDays = 4 });

        Assert.Equal(quotation.OfferedAt, QuotationPricing.RemindAt(quotation, Drafts.Policy));
    }

    [Fact]
    public void Lines_less_discount_are_the_total_and_every_amount_can_be_paid() => Prop.ForAll(
        Arb.From(AnyDraft()),
        draft =>
        {
            var quotation = Drafts.Price(draft);
            var lines = draft.Lines.Select(line => QuotationPricing.LineTotal(line, draft.Currency)).ToList();
            Assert.Equal(quotation.ListTotal.Amount, lines.Sum(line => line.Amount));
            Assert.Equal(quotation.ListTotal, quotation.Total + quotation.Discount);
            Assert.All(
                [.. lines, quotation.ListTotal, quotation.Discount, quotation.Total],
                amount => Assert.True(amount.IsWhole));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_higher_discount_never_makes_a_quotation_dearer_nor_its_margin_better() => Prop.ForAll(
        Arb.From(AnyDraft()),
        draft =>
        {
            var less = Drafts.Price(draft with { DiscountPercent = Math.Max(0, draft.DiscountPercent - 1) });
            var more = Drafts.Price(draft);
            Assert.True(more.Total <= less.Total);
            Assert.True(
                more.MarginPercent is null || less.MarginPercent is null || more.MarginPercent <= less.MarginPercent);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_margin_is_never_shown_better_than_it_is() => Prop.ForAll(
        Arb.From(AnyDraft()),
        draft =>
        {
            var quotation = Drafts.Price(draft);
            if (quotation.MarginPercent is { } shown)
            {
                var cost = draft.Lines.Sum(line => line.Quantity * line.UnitCost!.Value);
                Assert.True(shown / 100m * quotation.Total.Amount <= quotation.Total.Amount - cost);
            }
        }).QuickCheckThrowOnFailure();

    private static Gen<QuotationDraft> AnyDraft() =>
        from currency in Gen.Elements("USD", "EUR", "JPY", "KWD")
        from discount in Gen.Choose(0, 9900)
        from lines in AnyLine().NonEmptyListOf()
        select Drafts.Draft(discount / 100m, [.. lines]) with { Currency = Currency.Parse(currency) };

    private static Gen<QuotationLine> AnyLine() =>
        from quantity in Gen.Choose(1, 5_000_000)
        from price in Gen.Choose(1, 90_000_000)
        from cost in Gen.Choose(0, 90_000_000)
        select Drafts.Line(quantity / 1000m, price / 10_000m, cost / 10_000m);
}

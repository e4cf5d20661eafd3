using Workflows.Lifecycle;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>The README's offer: 800 at 24.00, 12 %, TT30-70BL, FOB Ningbo, approved.</summary>
public class ApprovedTermsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 4, 1, 0, 0, TimeSpan.Zero);

    private static readonly QuotationDraft Draft = new(
        Currency.Parse("USD"),
        [new QuotationLine("RF-BV50", "Ball valve DN50", 800, "pcs", 24.00m, 16.00m)],
        DiscountPercent: 12,
        new DeliveryTerm(Incoterm.FOB, "Ningbo"),
        "TT30-70BL",
        ValidityDays: 30,
        Note: null);

    public static TheoryData<string, QuotationDraft> NoWorse => new()
    {
        { "the same", Draft },
        { "a lower discount", Draft with { DiscountPercent = 11 } },
        { "a much lower discount", Draft with { DiscountPercent = 6 } },
        { "a higher list price", WithLine(line => line with { ListPrice = 25.00m }) },
        { "a shorter validity", Draft with { ValidityDays = 14 } },
        { "a lower cost", WithLine(line => line with { UnitCost = 15.00m }) },
        { "another note", Draft with { Note = "Old friend." } },
    };

    public static TheoryData<string, QuotationDraft> Worse => new()
    {
        { "a higher discount", Draft with { DiscountPercent = 12.5m } },
        { "other terms of payment", Draft with { PaymentTerms = "OA90" } },
        { "another delivery term", Draft with { Delivery = new DeliveryTerm(Incoterm.DDP, "Hamburg") } },
        { "another place", Draft with { Delivery = new DeliveryTerm(Incoterm.FOB, "Shanghai") } },
        { "half the list price, the cost left out", WithLine(line => line with { ListPrice = 12m, UnitCost = null }) },
        { "the cost left out", WithLine(line => line with { UnitCost = null }) },
        { "a higher cost", WithLine(line => line with { UnitCost = 17.00m }) },
        { "a lower list price", WithLine(line => line with { ListPrice = 23.99m }) },
        { "a longer validity", Draft with { ValidityDays = 31 } },
        { "another currency", Draft with { Currency = Currency.Parse("EUR") } },
        { "other goods", WithLine(line => line with { Sku = "RF-BV65" }) },
        { "fewer goods", WithLine(line => line with { Quantity = 700 }) },
        { "more goods", WithLine(line => line with { Quantity = 900 }) },
        { "one more line", Draft with { Lines = [.. Draft.Lines, .. Draft.Lines] } },
    };

    [Fact]
    public void Other_instalments_under_the_same_code_are_asked_again()
    {
        var approved = Priced(Draft);
        var terms = approved.Terms!;
        var redefined = terms with
        {
            Instalments = [terms.Instalments[0] with { Percent = 10 }, terms.Instalments[1] with { Percent = 90 }],
        };

        Assert.True(ApprovedTerms.Of(approved).Covers(approved with { Terms = terms with { Name = "Renamed" } }));
        Assert.False(ApprovedTerms.Of(approved).Covers(approved with { Terms = redefined }));
        Assert.False(ApprovedTerms.Of(approved with { Terms = null }).Covers(approved));
    }

    [Theory]
    [MemberData(nameof(NoWorse))]
    public void What_is_no_worse_for_us_is_covered(string what, QuotationDraft draft) =>
        Assert.True(ApprovedTerms.Of(Priced(Draft)).Covers(Priced(draft)), what);

    [Theory]
    [MemberData(nameof(Worse))]
    public void What_is_worse_for_us_in_anything_is_asked_again(string what, QuotationDraft draft) =>
        Assert.False(ApprovedTerms.Of(Priced(Draft)).Covers(Priced(draft)), what);

    [Fact]
    public void An_unknown_margin_covers_only_what_is_as_unknown()
    {
        var unknown = WithLine(line => line with { UnitCost = null });
        Assert.True(ApprovedTerms.Of(Priced(unknown)).Covers(Priced(unknown)));
        Assert.False(ApprovedTerms.Of(Priced(unknown)).Covers(Priced(Draft)));
    }

    [Fact]
    public void A_higher_price_of_one_line_does_not_make_up_for_a_lower_one_of_another()
    {
        var two = Draft with { Lines = [Draft.Lines[0], Draft.Lines[0] with { Sku = "RF-BV65" }] };
        var shifted = two with
        {
            Lines = [two.Lines[0] with { ListPrice = 30m }, two.Lines[1] with { ListPrice = 20m }],
        };
        Assert.False(ApprovedTerms.Of(Priced(two)).Covers(Priced(shifted)));
    }

    private static QuotationDraft WithLine(Func<QuotationLine, QuotationLine> change) =>
        Draft with { Lines = [change(Draft.Lines[0])] };

    private static Quotation Priced(QuotationDraft draft) => QuotationPricing.Price(
        new DealId("D-TEST-TEST-TEST"), version: 1, draft, new StaffId("jonas"), Now, PolicyLoader.Default(),
        TimeZoneInfo.Utc);
}

using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Quotations;

public class QuotationRulesTests
{
    [Fact]
    public void A_usual_draft_has_nothing_to_say_about() =>
        Assert.Empty(QuotationRules.Check(Drafts.Draft(5), Drafts.Policy));

    [Fact]
    public void Every_error_is_reported_at_once_with_its_path()
    {
        var draft = Drafts.Draft(
            100,
            Drafts.Line(quantity: 0, price: -1, cost: -1) with { Sku = " ", Unit = "" },
            Drafts.Line() with { Description = new string('x', 501) }) with
        {
            Delivery = new DeliveryTerm(Incoterm.FOB, ""),
            PaymentTerms = "ON-THE-NAIL",
            ValidityDays = 91,
            Note = new string('x', 4001),
            Currency = Currency.Parse("CHF"),
        };

        var findings = QuotationRules.Check(draft, Drafts.Policy);

        Assert.All(findings, finding => Assert.False(finding.IsWarning));
        Assert.Equal(
            [
                "/currency", "/delivery/place", "/discountPercent", "/lines/0/listPrice", "/lines/0/quantity",
                "/lines/0/sku",
                "/lines/0/unit", "/lines/0/unitCost", "/lines/1/description", "/note", "/paymentTerms", "/validityDays",
            ],
            findings.Select(finding => finding.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_quotation_has_a_line_and_no_more_than_two_hundred()
    {
        Assert.Equal(
            "/lines", Assert.Single(QuotationRules.Check(Drafts.Draft() with { Lines = [] }, Drafts.Policy)).Path);
        Assert.Empty(QuotationRules.Check(Drafts.Draft(0, [.. Enumerable.Repeat(Drafts.Line(), 200)]), Drafts.Policy));
        Assert.Single(QuotationRules.Check(Drafts.Draft(0, [.. Enumerable.Repeat(Drafts.Line(), 201)]), Drafts.Policy));
    }

    [Fact]
    public void A_total_of_nothing_is_refused() =>
        Assert.Equal(
            "/lines",
            Assert.Single(QuotationRules.Check(Drafts.Draft(0, Drafts.Line(0.001m, 0.001m, 0)), Drafts.Policy)).Path);

    [Theory]
    [InlineData(Incoterm.FOB, "Shanghai Pudong airport", "TT30-70BL", null, "use FCA")]
    [InlineData(Incoterm.CIF, "Hamburg container yard", "TT30-70BL", null, "use CIP")]
    [InlineData(Incoterm.CFR, "CY Santos", "TT30-70BL", null, "use CPT")]
    [InlineData(Incoterm.EXW, "Ningbo", "LC-SIGHT", null, "consider FCA")]
    [InlineData(Incoterm.FCA, "Ningbo", "LC-SIGHT", null, "on-board bill of lading")]
    [InlineData(Incoterm.DDP, "Lyon", "TT100", null, "use DAP")]
    [InlineData(Incoterm.FOB, "Ningbo", "TT30-70BL", "With insurance certificate.", "CIF or CIP")]
    public void A_delivery_term_that_does_not_suit_is_warned_of(
        Incoterm term, string place, string terms, string? note, string advice)
    {
        var draft = Drafts.Draft() with { Delivery = new DeliveryTerm(term, place), PaymentTerms = terms, Note = note };

        var warning = Assert.Single(QuotationRules.Check(draft, Drafts.Policy));

        Assert.True(warning.IsWarning);
        Assert.Contains(advice, warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Incoterm.FOB, "Ningbo", "TT30-70BL")]
    [InlineData(Incoterm.CIP, "Frankfurt airport", "TT30-70BL")]
    [InlineData(Incoterm.EXW, "Ningbo", "TT100")]
    [InlineData(Incoterm.CIF, "Cycle City port", "LC-SIGHT")]
    public void A_suitable_one_is_not(Incoterm term, string place, string terms) =>
        Assert.Empty(QuotationRules.Check(
            Drafts.Draft() with { Delivery = new DeliveryTerm(term, place), PaymentTerms = terms }, Drafts.Policy));
}

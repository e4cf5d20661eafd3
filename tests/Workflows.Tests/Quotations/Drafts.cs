using Workflows.Calendars;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Quotations;

/// <summary>Drafts to start a test from.</summary>
internal static class Drafts
{
    public static readonly Policy Policy = PolicyLoader.Default();

    public static readonly DealId Deal = new("D-0000-0000-0000");

    public static QuotationDraft Draft(decimal discount = 0, params QuotationLine[] lines) => new(
        Currency.Parse("USD"),
        lines.Length == 0 ? [Line()] : lines,
        discount,
        new DeliveryTerm(Incoterm.FOB, "Ningbo"),
        "TT30-70BL",
        ValidityDays: null,
        Note: null);

    public static QuotationLine Line(decimal quantity = 1000, decimal price = 20, decimal? cost = 15) =>
        new("RF-BV50", "Ball valve DN50, PN16, brass", quantity, "pcs", price, cost);

    public static Quotation Price(QuotationDraft draft) => PriceIn("Asia/Shanghai", draft);

    public static Quotation PriceIn(string zone, QuotationDraft draft) => QuotationPricing.Price(
        Deal, 1, draft, new StaffId("mei"), Scenario.Morning, Policy, BusinessCalendar.Zone(zone));
}

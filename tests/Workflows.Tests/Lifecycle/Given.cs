using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>Plain values for deals.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly StaffId Mei = new("mei");

    public static Inquiry Inquiry { get; } = new(
        "standard",
        "INQ-1",
        Now,
        new Buyer("Anna Berg", "Acme GmbH", "anna@acme.example", "+49 30 1234", "DE", "B-1", 3, Verified: true),
        [new RequestedProduct("PUMP-100", "Centrifugal pump", 50, "pcs", null)],
        "We need fifty pumps.",
        "en",
        new DeliveryTerm(Incoterm.FOB, "Shanghai"),
        SpamFlag: false);

    public static Deal Received { get; } = new()
    {
        Id = new DealId("D-TEST-TEST-TEST"),
        Stage = Stage.Received,
        Inquiry = Inquiry,
    };

    public static Deal Assigned { get; } = Received with { Stage = Stage.Assigned, Owner = Mei };

    public static Deal Quoted { get; } = Assigned with
    {
        Stage = Stage.Quoted,
        Quotation = Quotation,
        QuotationStatus = QuotationStatus.Sent,
    };

    public static Deal Ordered { get; } = Quoted with
    {
        Stage = Stage.Ordered,
        Accepted = Yes,
        QuotationStatus = QuotationStatus.Accepted,
        Order = new Order(
            "O-1", Quotation.Number, null, Quotation.Total, Quotation.Draft.Delivery, "TT30-70BL", [], Now),
    };

    public static QuotationDraft Draft => new(
        Currency.Parse("USD"),
        [new QuotationLine("PUMP-100", "Centrifugal pump", 50, "pcs", 100, 70)],
        DiscountPercent: 4,
        new DeliveryTerm(Incoterm.FOB, "Shanghai"),
        "TT30-70BL",
        ValidityDays: null,
        Note: null);

    public static Quotation Quotation => new(
        "D-TEST-Q1",
        1,
        Draft,
        Money.Of(5000, "USD"),
        Money.Of(200, "USD"),
        Money.Of(4800, "USD"),
        MarginPercent: 27.1m,
        Now,
        Now.AddDays(14),
        Mei);

    public static BuyerAnswer Yes => new(BuyerAnswerKind.Accepted, Quotation.Number, null, "PO-7", null);

    public static Deal With(this Deal deal, params MilestoneKind[] reached) => deal with
    {
        Milestones = [.. reached.Select(kind => new Milestone(kind, DateOnly.FromDateTime(Now.UtcDateTime), null))],
    };
}

using Workflows.Approvals;
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

    public static readonly StaffId Hanna = new("hanna");

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

    /// <summary>Reminds the owner after an hour, notifies the manager after two, reassigns after three.</summary>
    public static FirstResponsePlan Clock { get; } = new(Now.AddHours(1), Now.AddHours(2), Now.AddHours(3));

    public static Qualification Qualification { get; } = new(
        InquiryVerdict.Serious,
        Reason: null,
        DuplicateOf: null,
        new CustomerId("C-1"),
        IsRepeatCustomer: false,
        "europe",
        new Score(72, Temperature.Warm, ["+20 company address"]),
        "policy-1");

    /// <summary>A deal as its orchestration knows it, at its first moment.</summary>
    public static DealState State(this Deal deal) => new(
        deal with { Qualification = Qualification, PolicyVersion = "policy-1" },
        "m1",
        new DealTerms("policy-1", SilenceDays: 45, MaxRounds: 2),
        Now,
        Clock);

    /// <summary>The quotation, priced by the rules.</summary>
    public static PricedQuotation Priced(DiscountOutcome outcome) => new(
        Quotation,
        new DiscountDecision(outcome, ["Because the rule says so."]),
        Now.AddDays(11));

    public static ApprovalOutcome Outcome(ApprovalVerdict verdict, string? comment) =>
        new(verdict, Hanna, DelegateFor: null, comment, Now);

    public static Deal With(this Deal deal, params MilestoneKind[] reached) => deal with
    {
        Milestones = [.. reached.Select(kind => new Milestone(kind, DateOnly.FromDateTime(Now.UtcDateTime), null))],
    };
}

using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Trade;
using Workflows.Web.Deals;

namespace Workflows.Web.Tests.Deals;

public sealed class DealEventTextTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly DateTimeOffset LastMoment = new(2026, 11, 30, 15, 59, 59, TimeSpan.Zero);
    private static readonly StaffId Mei = new("mei");
    private static readonly StaffId Hanna = new("hanna");
    private static readonly ApprovalId Approval = new("D-1-A1");
    private static readonly Money Price = Money.Of(16_896m, "USD");

    /// <summary>Each kind of event, and its words.</summary>
    private static readonly (DealEvent Happened, string What, string? Why)[] Examples =
    [
        (new InquiryTakenIn("alibaba"), "Inquiry received from alibaba", null),
        (new InquiryRejected("Score 4 is below 20."), "Rejected", "Score 4 is below 20."),
        (new DealReinstated("I know him"), "Not rejected after all: the deal goes on", "I know him"),
        (new InquiryQualified(Temperature.Hot, 85, ["+20 company", "+10 phone"]),
            "Qualified: hot, score 85", "+20 company; +10 phone"),
        (new CustomerQuestioned(
                new CustomerQuestion(new CustomerId("C-2"), "Beta SpA", new CustomerId("C-1"), "Alfa Srl")),
            "One company or two? The manager was asked",
            "Beta SpA (C-2) writes from the mail domain of Alfa Srl (C-1), and became a customer of its own"),
        (new AcknowledgementWithheld(AcknowledgementLimit.Address), "The buyer got no acknowledgement",
            "Enough inquiries with this mail address were acknowledged today"),
        (new AcknowledgementWithheld(AcknowledgementLimit.Source), "The buyer got no acknowledgement",
            "Enough inquiries from this platform were acknowledged today"),
        (new OwnerAssigned(Mei, "least load"), "Assigned to mei", "least load"),
        (new OwnerReplaced(Mei, Hanna, "leave"), "Handed over from mei to hanna", "leave"),
        (new OwnerReplaced(null, Hanna, "leave"), "Handed over from nobody to hanna", "leave"),
        (new MessageReceived("Any news?"), "The buyer wrote again", "Any news?"),
        (new ReplySent("mail"), "Answered the buyer by mail", null),
        (new SignalRefused("MilestoneReached", MilestoneKind.Produced, null, new DealRefusal.NoOrder()),
            "Refused: milestone Produced", "There is no confirmed order yet."),
        (new SignalRefused("HandedOver", null, Mei, new DealRefusal.AlreadyOwner(Mei)),
            "Refused: handover to mei", "mei owns the deal already."),
        (new DealLost("no budget"), "Lost", "no budget"),
        (new DealWentSilent(45), "Lost", "No sign of life for 45 days"),
        (new ResponseReminded(), "The owner was reminded of the first response", null),
        (new ResponseEscalated(LastMoment),
            "The manager was told: no response by Mon 30 Nov 2026, 23:59 (Asia/Shanghai)", null),
        (new OwnerRelieved(Mei), "Taken from mei", "No first response in time"),
        (new OwnerKept(Mei, "nobody is free"), "Stays with mei", "nobody is free"),
        (new QuotationPriced("D-1-Q1", Price, 12.5m, ["A.", "B."]),
            "Quotation D-1-Q1: USD 16,896.00, 12.5% discount", "A. B."),
        (new DeliveryQuestioned(["C.", "D."]), "The delivery term wants a second look", "C. D."),
        (new DiscountApprovalRequested(Approval, "D-1-Q1", 12),
            "Discount approval asked for", "12% discount on D-1-Q1"),
        (new DiscountApproved(Approval, "for once"), "Discount approved", "for once"),
        (new ApprovalNotNeeded("D-1-Q2"),
            "No new approval needed", "The terms are no worse than the ones approved before"),
        (new ApprovalSuperseded(Approval), "Approval D-1-A1 no longer stands", null),
        (new QuotationRefused("D-1-Q1", "too much"), "Quotation D-1-Q1 refused", "too much"),
        (new QuotationRefused("D-1-Q1", null), "Quotation D-1-Q1 refused", "no reason given"),
        (new QuotationSent("D-1-Q1", LastMoment), "Quotation D-1-Q1 sent", "valid until 2026-11-30"),
        (new BuyerReminded("D-1-Q1"), "The buyer was reminded of the quotation", null),
        (new QuotationLapsed("D-1-Q1"), "Quotation D-1-Q1 expired", null),
        (new QuotationAccepted("D-1-Q1", "PO-7"), "The buyer accepted D-1-Q1", "PO-7"),
        (new QuotationDeclined("D-1-Q1", null), "The buyer declined", "no reason given"),
        (new CounterOffered("D-1-Q1", Price, "last word"),
            "The buyer made a counter-offer: USD 16,896.00", "last word"),
        (new CounterOffered("D-1-Q1", null, null), "The buyer made a counter-offer", null),
        (new RoundsEscalated(3), "The manager is told: 3 counter-offers", null),
        (new NegotiationReopened("limit"), "Back to negotiation", "limit"),
        (new NegotiationReopened(null),
            "Back to negotiation", "Credit was not granted: offer other payment terms"),
        (new OfferedTermsMissing("OA60"),
            "Back to negotiation", "The payment terms OA60 are not in the policy any more: offer others"),
        (new CreditPassed(["within the limit"]), "Credit check passed", "within the limit"),
        (new CreditApprovalRequested(Approval, ["over", "late"]), "Credit approval asked for", "over; late"),
        (new CreditApproved(Approval, null), "Credit approved", null),
        (new OrderPlaced("O-1", Price, "TT30-70BL"), "Order O-1 confirmed: USD 16,896.00", "TT30-70BL"),
        (new InvoicesIssued("TT30-70BL", [new("deposit", Price), new("balance", Price)]),
            "2 invoices by TT30-70BL", "deposit USD 16,896.00; balance USD 16,896.00"),
        (new InvoicesIssued("OA60", [new("full", Price)]), "1 invoice by OA60", "full USD 16,896.00"),
        (new ProductionReleased(DepositPaid: true), "Deposit received: production released", null),
        (new ProductionReleased(DepositPaid: false), "Production released", null),
        (new RestWrittenOff("INV-1", Money.Of(60, "USD"), Prerequisite.Production),
            "The last USD 60.00 of invoice INV-1 were written off: production need not wait for them", null),
        (new RestWrittenOff("INV-1", Money.Of(60, "USD"), Prerequisite.Documents),
            "The last USD 60.00 of invoice INV-1 were written off: the documents need not wait for them", null),
        (new ShipmentHeld("wait"), "Shipment held: credit was not granted", "wait"),
        (new MilestoneRecorded(MilestoneKind.Produced, new DateOnly(2026, 3, 2), null),
            "Production ended on 2026-03-02", null),
        (new MilestoneRecorded(MilestoneKind.Shipped, new DateOnly(2026, 3, 2), "BL-7"),
            "Shipped on 2026-03-02", "BL-7"),
        (new MilestoneRecorded(MilestoneKind.DocumentsSent, new DateOnly(2026, 3, 2), "DHL"),
            "Documents sent on 2026-03-02", "DHL"),
        (new MilestoneRecorded(MilestoneKind.Delivered, new DateOnly(2026, 3, 2), null),
            "Delivered on 2026-03-02", null),
        (
            new PaymentMissing(new InvoiceId("D-1-I1"), "Another buyer's money."),
            "Invoice D-1-I1 is open again: its payment was taken back", "Another buyer's money."),
        (new DocumentsReleased(), "Balance received: the original documents may go to the buyer", null),
        (new DealCancelled("closed down"), "Cancelled", "closed down"),
        (new BooksClosed(Price, 2), "Books closed: USD 16,896.00 received on 2 invoices", null),
        (new BooksClosed(Price, 1), "Books closed: USD 16,896.00 received on 1 invoice", null),
        (new DealPaid(), "Paid", null),
        (new DealWrittenOff(Price), "Closed with a loss", "USD 16,896.00 written off"),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Examples.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_event_has_its_words(int example)
    {
        var (happened, what, why) = Examples[example];
        Assert.Equal((what, why), (DealEventText.What(happened, Shanghai), DealEventText.Why(happened, Shanghai)));
    }

    [Fact]
    public void Every_kind_of_event_has_an_example() => Assert.Equal(
        typeof(DealEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(DealEvent))
            .Select(type => type.Name).Order(),
        Examples.Select(example => example.Happened.GetType().Name).Distinct().Order());

    [Fact]
    public void Every_signal_that_can_be_refused_has_a_name()
    {
        var signals = typeof(DealSignal).Assembly.GetTypes().Where(type => type.BaseType == typeof(DealSignal));
        foreach (var signal in signals)
        {
            var refused = new SignalRefused(
                signal.Name,
                signal == typeof(MilestoneReached) ? MilestoneKind.Shipped : null,
                signal == typeof(HandedOver) ? Mei : null,
                new DealRefusal.NoOrder());
            Assert.StartsWith("Refused: ", DealEventText.What(refused, Shanghai), StringComparison.Ordinal);
        }
    }
}

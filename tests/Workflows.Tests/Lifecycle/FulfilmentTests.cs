using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>Given an order with a deposit and a balance, when something comes in, then these changes.</summary>
public sealed class FulfilmentTests
{
    private static readonly Invoice Deposit = Bill(1, DueBasis.Order, Prerequisite.Production);
    private static readonly Invoice Balance = Bill(2, DueBasis.BillOfLading, Prerequisite.Documents);
    private static readonly FulfilmentProgress Billed = Progress(Deposit, Balance);
    private static readonly FulfilmentProgress DepositPaid = Ended(Billed, Deposit, InvoiceStatus.Paid);

    [Fact]
    public void An_unpaid_deposit_holds_production_and_an_unpaid_balance_the_documents()
    {
        var decision = Fulfilment.Release(Given.Ordered.State(), Billed, Given.Now);

        Assert.Empty(decision.Changes.Entries);
        Assert.Equal(
            [MilestoneKind.Produced, MilestoneKind.DocumentsSent],
            decision.Changes.Deal.Holds.Select(hold => hold.Milestone));
    }

    [Fact]
    public void A_paid_deposit_releases_production()
    {
        var decision = Fulfilment.Release(Given.Ordered.State(), DepositPaid, Given.Now);

        Assert.Equal(Stage.Fulfilling, decision.Changes.Deal.Stage);
        Assert.Equal([new ProductionReleased(DepositPaid: true)], EventsOf(decision));
        Assert.DoesNotContain(decision.Changes.Deal.Holds, hold => hold.Milestone == MilestoneKind.Produced);
    }

    [Fact]
    public void Terms_without_a_deposit_release_production_at_once()
    {
        var decision = Fulfilment.Release(Given.Ordered.State(), Progress(Balance), Given.Now);
        Assert.Equal([new ProductionReleased(DepositPaid: false)], EventsOf(decision));
    }

    [Fact]
    public void A_deposit_whose_small_rest_was_written_off_releases_production_and_says_so()
    {
        var progress = Ended(Billed, Deposit, InvoiceStatus.WrittenOff) with
        {
            GivenUpRests = new Dictionary<InvoiceId, Money> { [Deposit.Id] = Usd(60) },
        };

        var decision = Fulfilment.Release(Given.Ordered.State(), progress, Given.Now);

        Assert.Equal(
            [
                new RestWrittenOff(Deposit.Number, Usd(60), Prerequisite.Production),
                new ProductionReleased(DepositPaid: true),
            ],
            EventsOf(decision));
    }

    [Fact]
    public void A_deposit_that_was_written_off_releases_nothing()
    {
        var writtenOff = Ended(Billed, Deposit, InvoiceStatus.WrittenOff);
        var decision = Fulfilment.Release(Given.Ordered.State(), writtenOff, Given.Now);
        Assert.Equal(Stage.Ordered, decision.Changes.Deal.Stage);
    }

    [Fact]
    public void A_paid_balance_releases_the_documents_once_the_goods_are_shipped()
    {
        var paid = Ended(DepositPaid, Balance, InvoiceStatus.Paid);
        var produced = Given.Ordered.With(MilestoneKind.Produced) with { Stage = Stage.Fulfilling };
        var shipped = produced.With(MilestoneKind.Produced, MilestoneKind.Shipped) with { Stage = Stage.Collecting };

        Assert.Empty(Fulfilment.Release(produced.State(), paid, Given.Now).Changes.Entries);
        var released = Fulfilment.Release(shipped.State(), paid, Given.Now);
        Assert.Equal([new DocumentsReleased()], EventsOf(released));
        Assert.Empty(Fulfilment.Release(shipped.State(), released.Progress, Given.Now).Changes.Entries);
    }

    [Fact]
    public void Credit_is_checked_between_production_and_shipment_and_again_after_a_day()
    {
        var produced = Given.Ordered.With(MilestoneKind.Produced);
        Assert.False(Fulfilment.ChecksShipment(Given.Ordered, Billed, Given.Now));
        Assert.True(Fulfilment.ChecksShipment(produced, Billed, Given.Now));

        var refused = Fulfilment.Decide(produced.State(), Billed, Refusal, Given.Now).Progress;
        Assert.False(Fulfilment.ChecksShipment(produced, refused, Given.Now.AddHours(23)));
        Assert.True(Fulfilment.ChecksShipment(produced, refused, Given.Now.AddDays(1)));
        var cleared = Fulfilment.Decide(produced.State(), Billed, refusal: null, Given.Now).Progress;
        Assert.False(Fulfilment.ChecksShipment(produced, cleared, Given.Now.AddDays(1)));
    }

    [Fact]
    public void A_refusal_of_credit_holds_the_shipment_and_is_noted_once()
    {
        var produced = Given.Ordered.With(MilestoneKind.Produced).State();
        var first = Fulfilment.Decide(produced, DepositPaid, Refusal, Given.Now);
        var second = Fulfilment.Decide(produced, first.Progress, Refusal, Given.Now.AddDays(1));

        Assert.Equal([new ShipmentHeld("not before they have paid")], EventsOf(first));
        Assert.Contains(first.Changes.Deal.Holds, hold => hold.Milestone == MilestoneKind.Shipped);
        Assert.Empty(second.Changes.Entries);
    }

    [Fact]
    public void A_milestone_sets_the_due_dates_that_hang_on_it_and_no_others()
    {
        var decision = Reach(Billed, MilestoneKind.Shipped, "BL-7");

        var (invoice, signal) = Assert.Single(decision.Signals);
        Assert.Equal(Balance.Id, invoice);
        Assert.Equal(DueBasis.BillOfLading, Assert.IsType<Anchored>(signal).Basis);
        Assert.Equal(Stage.Collecting, decision.Changes.Deal.Stage);
        Assert.Equal([new MilestoneRecorded(MilestoneKind.Shipped, Today, "BL-7")], EventsOf(decision));
    }

    [Fact]
    public void An_invoice_that_has_ended_is_not_signalled()
    {
        Assert.Empty(Reach(Ended(Billed, Balance, InvoiceStatus.Paid), MilestoneKind.Shipped, null).Signals);
        var given = new GivenUp("s1", Given.Mei, "closed down");
        var cancelled = Fulfilment.Decide(Given.Ordered.State(), DepositPaid, given, Given.Now);
        Assert.Equal([Balance.Id], cancelled.Signals.Select(signal => signal.Invoice));
    }

    [Fact]
    public void Documents_set_no_due_date() =>
        Assert.Empty(Reach(Billed, MilestoneKind.DocumentsSent, null).Signals);

    [Fact]
    public void Collections_follow_a_new_owner_once()
    {
        var handedOver = (Given.Ordered with { Owner = Given.Hanna }).State();
        var first = Fulfilment.FollowOwner(handedOver, Billed, Given.Now);
        Assert.All(first.Signals, signal => Assert.Equal(Given.Hanna, ((OwnerChanged)signal.Signal).Owner));
        Assert.Equal(2, first.Signals.Count);
        Assert.Empty(Fulfilment.FollowOwner(handedOver, first.Progress, Given.Now).Signals);
    }

    [Fact]
    public void A_deal_is_done_when_it_is_shipped_and_nothing_is_open()
    {
        var shipped = Given.Ordered.With(MilestoneKind.Produced, MilestoneKind.Shipped);
        Assert.False(Fulfilment.IsDone(shipped, DepositPaid));
        Assert.True(Fulfilment.IsDone(shipped, Ended(DepositPaid, Balance, InvoiceStatus.WrittenOff)));
        Assert.False(Fulfilment.IsDone(Given.Ordered, Ended(DepositPaid, Balance, InvoiceStatus.Paid)));
    }

    [Fact]
    public void What_is_waited_for_follows_the_goods()
    {
        Assert.Equal(WaitingFor.Deposit, WaitsFor(Given.Ordered, Billed));
        var fulfilling = Given.Ordered with { Stage = Stage.Fulfilling };
        Assert.Equal(WaitingFor.Production, WaitsFor(fulfilling, Billed));
        var produced = fulfilling.With(MilestoneKind.Produced);
        Assert.Equal(WaitingFor.ShipmentCredit, WaitsFor(produced, Billed));
        var cleared = DepositPaid with { ShipmentCleared = true };
        Assert.Equal(WaitingFor.Shipment, WaitsFor(produced, cleared));
        var shipped = produced.With(MilestoneKind.Produced, MilestoneKind.Shipped);
        Assert.Equal(WaitingFor.Payment, WaitsFor(shipped, cleared));
        Assert.Equal(1, Fulfilment.Next(shipped, cleared, Given.Now).OpenInvoices);
    }

    private static WaitingFor WaitsFor(Deal deal, FulfilmentProgress progress) =>
        Fulfilment.Next(deal, progress, Given.Now).For;

    private static DateOnly Today => DateOnly.FromDateTime(Given.Now.UtcDateTime);

    private static CreditRefusal Refusal { get; } = new(
        Given.Outcome(ApprovalVerdict.Rejected, "not before they have paid"),
        new CreditDecision(
            CreditOutcome.NeedsApproval,
            new Exposure(Usd(0), Usd(0), Usd(4800), Usd(0)),
            Limit: Usd(1000),
            OverBy: Usd(3800),
            Reasons: []));

    private static FulfilmentDecision Reach(FulfilmentProgress progress, MilestoneKind kind, string? reference) =>
        Fulfilment.Decide(
            Given.Ordered.State(),
            progress,
            new MilestoneReached("s1", Given.Mei, new Milestone(kind, Today, reference)),
            Given.Now);

    private static FulfilmentProgress Progress(params Invoice[] invoices) => new()
    {
        Invoices = invoices,
        Ended = new Dictionary<InvoiceId, InvoiceStatus>(),
        Owner = Given.Mei,
    };

    private static FulfilmentProgress Ended(FulfilmentProgress progress, Invoice invoice, InvoiceStatus status) =>
        progress with { Ended = new Dictionary<InvoiceId, InvoiceStatus>(progress.Ended) { [invoice.Id] = status } };

    private static Invoice Bill(int number, DueBasis basis, Prerequisite gates) => new(
        new InvoiceId($"{Given.Ordered.Id}-I{number}"), Given.Ordered.Id, Given.Qualification.Customer,
        $"INV-{number}", $"instalment {number}", Given.Mei, "europe",
        Amount: Usd(2400), Paid: Usd(0), BankFees: Usd(0), WrittenOff: Usd(0), Disputed: Usd(0),
        basis, OffsetDays: 0, gates, Due: null, InvoiceStatus.Open, DunningLevel: null, Given.Now,
        PausedUntil: null, PauseReason: null, NextActionAt: null, NextAction: null);

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");

    private static IReadOnlyList<DealEvent> EventsOf(FulfilmentDecision decision) =>
        [.. decision.Changes.Entries.Select(entry => entry.What)];
}

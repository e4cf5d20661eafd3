using Workflows.Approvals;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.History;
using Workflows.Receivables.WriteOffs;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

public sealed class CollectionSignalsTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly StaffId Lin = new("lin");
    private static readonly Invoice Open = Given.Invoice(1_000, Given.Day("2025-09-30"));
    private static readonly ApprovalId FirstWriteOff = new($"{Open.Id}-W1");

    [Fact]
    public void A_payment_is_handed_to_the_activity_that_books_it()
    {
        var payment = Given.Payment(1_000, "BANK-1");

        var (file, effects) = Decide(Open, payment);

        Assert.Equal(Open, file.Invoice);
        Assert.Equal([new CollectionEffect.Book(payment)], effects);
    }

    [Fact]
    public void A_payment_that_the_invoice_shows_is_not_booked_again()
    {
        var shown = Open with
        {
            Movements = [new Movement(Given.Day("2025-10-01"), MovementKind.Payment, Given.Usd(1_000), "BANK-1", Lin)],
        };

        var decision = Decide(shown, Given.Payment(1_000, "BANK-1"));

        Assert.Empty(decision.File.Entries);
        Assert.Empty(decision.Effects);
    }

    [Fact]
    public void A_payment_that_leaves_nothing_to_give_up_supersedes_the_write_off()
    {
        var paid = CollectionSignals.AfterBooking(CollectionFile.Of(Open with { WriteOff = null }), FirstWriteOff);
        var partPaid = CollectionSignals.AfterBooking(
            CollectionFile.Of(Open with { WriteOff = FirstWriteOff }), FirstWriteOff);
        var notAsked = CollectionSignals.AfterBooking(CollectionFile.Of(Open), pending: null);

        Assert.Equal([new CollectionEffect.SupersedeWriteOff(FirstWriteOff)], paid.Effects);
        Assert.Empty(partPaid.Effects);
        Assert.Empty(notAsked.Effects);
    }

    [Fact]
    public void The_date_of_its_basis_sets_the_due_date_and_sends_the_invoice()
    {
        var (file, effects) = Decide(Given.Invoice(1_000, due: null), Shipped("2025-09-01"));

        Assert.Equal(
            (Given.Day("2025-10-01"), InvoiceStatus.Open, null),
            (file.Invoice.Due, file.Invoice.Status, file.Plan));
        Assert.Equal(
            new DueDateSet(Given.Day("2025-10-01"), DueBasis.BillOfLading, 30, Given.Day("2025-09-01")), Said(file));
        Assert.Equal([new CollectionEffect.Send(IsCorrection: false)], effects);
    }

    [Fact]
    public void A_corrected_date_starts_the_ladder_again_and_sends_a_correction()
    {
        var reminded = Open with { Status = InvoiceStatus.Overdue, DunningLevel = 2, Paid = Given.Usd(100) };

        var (file, effects) = Decide(reminded, Shipped("2025-09-20"));

        Assert.Equal((InvoiceStatus.PartPaid, null), (file.Invoice.Status, file.Invoice.DunningLevel));
        Assert.Equal(
            new DueDateCorrected(
                Given.Day("2025-09-30"), Given.Day("2025-10-20"), DueBasis.BillOfLading, 30, Given.Day("2025-09-20")),
            Said(file));
        Assert.Equal([new CollectionEffect.Send(IsCorrection: true)], effects);
    }

    [Theory]
    [InlineData("2025-08-31", DueBasis.BillOfLading)]
    [InlineData("2025-09-20", DueBasis.Delivery)]
    public void The_same_due_date_and_another_basis_change_nothing(string date, DueBasis basis)
    {
        var decision = Decide(Open, new Anchored("s1", Lin, basis, Given.Day(date)));

        Assert.Equal((Open, 0), (decision.File.Invoice, decision.File.Entries.Count));
        Assert.Empty(decision.Effects);
    }

    [Fact]
    public void A_disputed_part_is_not_chased_until_its_day()
    {
        var (file, _) = Decide(
            Open, new Disputed("s1", Lin, Given.Usd(400), "two crates damaged", Given.Day("2025-10-20")));

        Assert.Equal((Given.Usd(600), Given.Day("2025-10-20")), (file.Invoice.Claimed, file.Invoice.DisputedUntil));
        Assert.Equal(
            new DisputeRecorded(Given.Usd(400), Given.Day("2025-10-20"), "two crates damaged"), Said(file));
        Assert.Null(file.Plan);
    }

    [Fact]
    public void A_settled_dispute_leaves_everything_to_be_chased()
    {
        var disputed = Open with
        {
            Disputed = Given.Usd(400),
            DisputedUntil = Given.Day("2025-10-20"),
            DisputeReason = "wrong goods",
        };

        var (file, _) = Decide(disputed, new DisputeResolved("s1", Lin, "replacement accepted"));

        Assert.Equal(
            (Given.Usd(1_000), null, null),
            (file.Invoice.Claimed, file.Invoice.DisputedUntil, file.Invoice.DisputeReason));
        Assert.Equal(new DisputeSettled("replacement accepted"), Said(file));
        Assert.Null(file.Plan);
    }

    [Fact]
    public void A_promise_makes_the_reminders_wait()
    {
        var (file, _) = Decide(Open, new Promised("s1", Lin, Given.Day("2025-10-17"), "by phone"));

        Assert.Equal((Given.Day("2025-10-17"), true), (file.Invoice.PromisedFor, file.Invoice.PromiseStands));
        Assert.Equal(new PaymentPromised(Given.Day("2025-10-17"), "by phone"), Said(file));
        Assert.Null(file.Plan);
    }

    [Fact]
    public void What_cannot_be_taken_any_more_is_a_row_of_the_history_and_nothing_else()
    {
        var (file, effects) = Decide(Open, new DisputeResolved("s1", Lin, null));

        Assert.Equal(Open, file.Invoice);
        Assert.Equal(
            new RequestRefused(InvoiceRequest.DisputeResolution, new InvoiceRefusal.NothingDisputed()), Said(file));
        Assert.Empty(effects);
    }

    [Fact]
    public void A_promise_for_yesterday_is_still_taken_because_the_company_may_be_behind_utc() =>
        Assert.IsType<PaymentPromised>(
            Said(Decide(Open, new Promised("s1", Lin, Given.Day("2025-10-01"), null)).File));

    [Fact]
    public void Each_write_off_asks_for_an_approval_of_its_own()
    {
        var asked = CollectionFile.Of(Open) with { WriteOffCount = 1 };

        var (file, effects) = CollectionSignals.Decide(asked, new WriteOffRequested("s1", Lin, "insolvent"), Now);

        var approval = new ApprovalId($"{Open.Id}-W2");
        Assert.Equal((approval, 2), (file.Invoice.WriteOff, file.WriteOffCount));
        Assert.Equal(new WriteOffAsked(approval, Given.Usd(1_000), "insolvent"), Said(file));
        Assert.Equal(
            [new CollectionEffect.AskWriteOff(new WriteOffInput(approval, Open, Lin, "insolvent"))], effects);
    }

    [Fact]
    public void An_approved_write_off_settles_the_invoice()
    {
        var (file, _) = Decide(
            Open with { Paid = Given.Usd(300), WriteOff = FirstWriteOff }, Decided(ApprovalVerdict.Approved));

        Assert.Equal(
            (InvoiceStatus.WrittenOff, Given.Usd(700), null),
            (file.Invoice.Status, file.Invoice.WrittenOff, file.Invoice.WriteOff));
        Assert.Equal((new WrittenOff(Given.Usd(700), "so be it"), new StaffId("hanna")), (Said(file), By(file)));
    }

    [Theory]
    [InlineData(ApprovalVerdict.Rejected)]
    [InlineData(ApprovalVerdict.Expired)]
    public void A_denied_write_off_leaves_the_invoice_open(ApprovalVerdict verdict)
    {
        var (file, _) = Decide(Open with { WriteOff = FirstWriteOff }, Decided(verdict));

        Assert.Equal((InvoiceStatus.Open, null), (file.Invoice.Status, file.Invoice.WriteOff));
        Assert.Equal(new WriteOffDenied(verdict, "so be it"), Said(file));
    }

    [Fact]
    public void A_decision_that_nobody_waits_for_changes_nothing()
    {
        var decision = Decide(Open, Decided(ApprovalVerdict.Approved));

        Assert.Equal((Open, 0), (decision.File.Invoice, decision.File.Entries.Count));
    }

    [Fact]
    public void Another_owner_is_the_invoices_from_then_on()
    {
        var (file, _) = Decide(Open, new OwnerChanged("s1", Lin, new StaffId("amira")));

        Assert.Equal(new StaffId("amira"), file.Invoice.Owner);
        Assert.Equal(new InvoiceOwnerReplaced(new StaffId("amira")), Said(file));
    }

    [Fact]
    public void A_cancelled_order_cancels_its_invoice_and_supersedes_its_write_off()
    {
        var pending = Open with { Paid = Given.Usd(300), Disputed = Given.Usd(100), WriteOff = FirstWriteOff };

        var (file, effects) = Decide(pending, new OrderCancelled("s1", Lin, "buyer insolvent"));

        Assert.Equal(
            (InvoiceStatus.Cancelled, Given.Usd(0), null),
            (file.Invoice.Status, file.Invoice.Disputed, file.Invoice.WriteOff));
        Assert.Equal(new CancelledWithOrder(Given.Usd(300), "buyer insolvent"), Said(file));
        Assert.Equal([new CollectionEffect.SupersedeWriteOff(FirstWriteOff)], effects);
    }

    private static CollectionDecision Decide(Invoice invoice, CollectionSignal signal) =>
        CollectionSignals.Decide(CollectionFile.Of(invoice) with { Plan = ReminderPlan.Empty }, signal, Now);

    private static Anchored Shipped(string date) => new("s1", Lin, DueBasis.BillOfLading, Given.Day(date));

    private static WriteOffDecided Decided(ApprovalVerdict verdict) =>
        new(
            "s1",
            new StaffId("hanna"),
            FirstWriteOff,
            new ApprovalOutcome(verdict, new StaffId("hanna"), DelegateFor: null, "so be it", Now));

    private static InvoiceEvent Said(CollectionFile file) => Assert.Single(file.Entries).What;

    private static StaffId By(CollectionFile file) => Assert.Single(file.Entries).Who;
}

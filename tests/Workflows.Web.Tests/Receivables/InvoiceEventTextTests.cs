using System.Globalization;
using Workflows.Approvals;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Trade;
using Workflows.Web.Receivables;

namespace Workflows.Web.Tests.Receivables;

public sealed class InvoiceEventTextTests
{
    private const string NothingDisputed = "Nothing of the invoice is in dispute.";
    private static readonly InvoiceRefusal Undisputed = new InvoiceRefusal.NothingDisputed();

    private static readonly DateOnly Before = Day("2025-09-20");
    private static readonly DateOnly Due = Day("2025-09-30");
    private static readonly DateOnly Later = Day("2025-10-17");

    /// <summary>Each kind, with its exact words.</summary>
    public static TheoryData<InvoiceEvent, string, string?> Examples { get; } = new()
    {
        {
            new Issued("INV-1", Usd(1_000), Due, DueBasis.Order, 0),
            "Invoice INV-1 over USD 1,000.00 issued", "Due 2025-09-30: due at once with the order"
        },
        {
            new Issued("INV-1", Usd(1_000), Due: null, DueBasis.Delivery, 1),
            "Invoice INV-1 over USD 1,000.00 issued", "Due date waits: 1 day after the delivery"
        },
        {
            new DueDateSet(Due, DueBasis.BillOfLading, 30, Day("2025-08-31")),
            "Due on 2025-09-30",
            "30 days after the bill of lading of 2025-08-31; the invoice was sent to the buyer"
        },
        {
            new DueDateCorrected(Before, Due, DueBasis.Production, 30, Day("2025-08-31")),
            "Due date corrected from 2025-09-20 to 2025-09-30",
            "30 days after the end of production of 2025-08-31; the invoice was sent to the buyer"
        },
        { new TurnedOverdue(Usd(1_000), Due), "Overdue", "USD 1,000.00 was due on 2025-09-30" },
        {
            new MoneyReceived(Usd(400), Due, "BANK-1", FromBalance: false, Usd(0), Usd(600), Usd(0)),
            "USD 400.00 received, value 2025-09-30", "part payment, USD 600.00 still open; reference BANK-1"
        },
        {
            new MoneyReceived(Usd(990), Due, "BANK-1", FromBalance: false, Usd(10), Usd(0), Usd(0)),
            "USD 990.00 received, value 2025-09-30",
            "USD 10.00 short within tolerance: taken as bank charges; reference BANK-1"
        },
        {
            new MoneyReceived(Usd(1_100), Due, "ADV-1", FromBalance: true, Usd(0), Usd(0), Usd(100)),
            "USD 1,100.00 received, value 2025-09-30",
            "USD 100.00 too much: kept as the customer's credit; from the customer's credit (ADV-1)"
        },
        { new PaidInFull(), "Paid", null },
        {
            new PaymentExpected(Usd(500), Day("2026-10-06"), "BANK-1"),
            "USD 500.00 counts from 2026-10-06 on, its value date",
            "reference BANK-1"
        },
        {
            new PaymentTakenBack(Usd(500), "BANK-1", Usd(800), "Another buyer's."),
            "USD 500.00 taken back: it was wrongly booked here",
            "Another buyer's.; USD 800.00 open again; reference BANK-1"
        },
        {
            new ReminderSent(0, DunningTone.Courtesy, Usd(1_000), Due, -7, 0, null, CreditOnHold: false),
            "Courtesy notice (level 0) sent: USD 1,000.00", "due 2025-09-30"
        },
        {
            new ReminderSent(1, DunningTone.Friendly, Usd(1_000), Due, 1, 1, null, CreditOnHold: false),
            "Friendly reminder (level 1) sent: USD 1,000.00", "1 days overdue; in one mail with 1 other invoice"
        },
        {
            new ReminderSent(2, DunningTone.Firm, Usd(1_000), Due, 7, 2, null, CreditOnHold: false),
            "Firm reminder (level 2) sent: USD 1,000.00", "7 days overdue; in one mail with 2 other invoices"
        },
        {
            new ReminderSent(3, DunningTone.Overdue, Usd(1_000), Due, 15, 0, null, CreditOnHold: true),
            "Overdue letter (level 3) sent: USD 1,000.00", "15 days overdue; credit on hold"
        },
        {
            new ReminderSent(4, DunningTone.Formal, Usd(1_000), Due, 30, 0, Usd(6.58m), CreditOnHold: true),
            "Formal demand (level 4) sent: USD 1,000.00",
            "30 days overdue; interest of USD 6.58 claimed; credit on hold"
        },
        {
            new ReminderSent(5, DunningTone.Final, Usd(1_000), Due, 60, 0, null, CreditOnHold: false),
            "Final notice (level 5) sent: USD 1,000.00", "60 days overdue"
        },
        {
            new ReminderHeldBack(Usd(2_000)),
            "Not reminded: the customer's credit of USD 2,000.00 covers what is overdue", null
        },
        {
            new PaymentPromised(Later, "by phone"),
            "Payment promised for 2025-10-17: reminders wait for it once", "by phone"
        },
        {
            new PaymentPromised(Later, Comment: null, Usd(400)),
            "USD 400.00 promised for 2025-10-17: reminders wait for it once", null
        },
        { new PromiseKept(Usd(400), Later), "Promise kept: USD 400.00 came in by 2025-10-17", null },
        {
            new PromiseBroken(Usd(1_000), Later, Usd(400)),
            "Promise of payment not kept", "USD 400.00 was promised for 2025-10-17"
        },
        { new DisputeSettled("agreed", 1, Usd(400)), "Dispute over USD 400.00 resolved", "agreed" },
        {
            new PromiseBroken(Usd(1_000), Later),
            "Promise of payment not kept", "USD 1,000.00 was promised for 2025-10-17"
        },
        {
            new DisputeRecorded(Usd(400), Later, "two crates damaged"),
            "USD 400.00 in dispute: not chased until 2025-10-17", "two crates damaged"
        },
        { new DisputeSettled(null), "Dispute resolved", null },
        {
            new DisputeLapsed(Usd(400), new DateOnly(2026, 3, 2)),
            "The pause for the dispute over USD 400.00 has ended", "No result was recorded in time"
        },
        {
            new WriteOffAsked(new ApprovalId("W1"), Usd(1_000), "insolvent"),
            "Write-off of USD 1,000.00 asked for", "insolvent"
        },
        { new WriteOffDenied(ApprovalVerdict.Rejected, "Chase it."), "Write-off rejected", "Chase it." },
        { new WriteOffDenied(ApprovalVerdict.Expired, null), "Write-off not decided in time", null },
        { new WriteOffDenied(ApprovalVerdict.Superseded, null), "Write-off no longer needed", null },
        { new WrittenOff(Usd(1_000), "so be it"), "USD 1,000.00 written off", "so be it" },
        {
            new MoneyRecovered(Usd(400), Due, "BANK-9", Usd(600)),
            "USD 400.00 of the write-off recovered, value 2025-09-30",
            "USD 600.00 is still lost; reference BANK-9"
        },
        {
            new MoneyRecovered(Usd(400), Due, "BANK-9", Usd(0)),
            "USD 400.00 of the write-off recovered, value 2025-09-30",
            "nothing of it is lost any more; reference BANK-9"
        },
        { new InvoiceOwnerReplaced(new StaffId("amira")), "Handed over to amira", null },
        { new CancelledWithOrder(Usd(0), "insolvent"), "Cancelled with the order", "insolvent" },
        {
            new CancelledWithOrder(Usd(300), "insolvent"),
            "Cancelled with the order; USD 300.00 was received and is kept as the customer's credit", "insolvent"
        },
        { new RequestRefused(InvoiceRequest.Dispute, Undisputed), "Refused: dispute", NothingDisputed },
        {
            new RequestRefused(InvoiceRequest.DisputeResolution, Undisputed),
            "Refused: end of a dispute", NothingDisputed
        },
        { new RequestRefused(InvoiceRequest.Promise, Undisputed), "Refused: promise of payment", NothingDisputed },
        { new RequestRefused(InvoiceRequest.WriteOff, Undisputed), "Refused: write-off", NothingDisputed },
        { new RequestRefused(InvoiceRequest.Handover, Undisputed), "Refused: handover", NothingDisputed },
        { new RequestRefused(InvoiceRequest.Cancellation, Undisputed), "Refused: cancellation", NothingDisputed },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_kind_is_written_in_these_words(InvoiceEvent happened, string what, string? why)
    {
        Assert.Equal(what, InvoiceEventText.What(happened));
        Assert.Equal(why, InvoiceEventText.Why(happened));
    }

    [Fact]
    public void Every_kind_has_an_example() => Assert.Equal(
        typeof(InvoiceEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(InvoiceEvent)))
            .Select(type => type.Name).Order(),
        Examples.Select(example => example[0].GetType().Name).Distinct().Order());

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

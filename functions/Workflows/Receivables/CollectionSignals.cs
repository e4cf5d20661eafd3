using Workflows.Approvals;
using Workflows.Policies;
using Workflows.Receivables.Payments;
using Workflows.Receivables.WriteOffs;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What each signal does to a collection.</summary>
internal static class CollectionSignals
{
    /// <summary>Takes one, or notes why it cannot be taken.</summary>
    public static async Task TakeAsync(CollectionStory story, CollectionSignal signal)
    {
        // The company's day is not known here without its zone; a day of grace keeps what the desk let in.
        var yesterday = DateOnly.FromDateTime(story.Now.UtcDateTime).AddDays(-1);
        if (CollectionRules.Refusal(story.Invoice, signal, yesterday) is { } reason)
        {
            story.Note(signal.By, "Refused: " + Name(signal), reason);
            return;
        }

        switch (signal)
        {
            case PaymentBooked payment:
                await BookAsync(story, payment);
                break;
            case Anchored anchored:
                await AnchorAsync(story, anchored);
                break;
            case Disputed dispute:
                await DisputeAsync(story, dispute);
                break;
            case DisputeResolved resolved:
                await ResolveAsync(story, resolved.By, "Dispute resolved", resolved.Comment);
                break;
            case Promised promise:
                await PromiseAsync(story, promise);
                break;
            case WriteOffRequested request:
                RequestWriteOff(story, request);
                break;
            case WriteOffDecided decided:
                DecideWriteOff(story, decided);
                break;
            case OwnerChanged changed:
                story.Invoice = story.Invoice with { Owner = changed.Owner };
                story.Note(changed.By, $"Handed over to {changed.Owner}");
                break;
            case OrderCancelled cancelled:
                Cancel(story, cancelled);
                break;
        }
    }

    /// <summary>Ends the pause of a dispute: everything that is open is chased again.</summary>
    public static async Task ResolveAsync(CollectionStory story, StaffId by, string what, string? why)
    {
        var invoice = story.Invoice;
        story.Invoice = invoice with { Disputed = Money.Zero(invoice.Amount.Currency), DisputedUntil = null, PauseReason = null };
        story.Note(by, what, why);
        await story.PlanAsync();
    }

    private static async Task BookAsync(CollectionStory story, PaymentBooked signal)
    {
        var payment = signal.Payment;
        if (story.Invoice.Shows(payment.Reference))
        {
            return;
        }

        var booked = await BookPayment.CallAsync(story.Context, new BookPaymentInput(story.Invoice, signal));
        var (before, allocation) = (story.Invoice, booked.Allocation);
        story.Invoice = Booking.Apply(before, signal, booked);
        story.Note(signal.By, $"{payment.Amount} received, value {payment.ValueDate:O}", Booking.Words(story.Invoice, signal, allocation));
        if (allocation.Surplus.Amount > 0)
        {
            story.Surplus = (story.Surplus ?? Money.Zero(allocation.Surplus.Currency)) + allocation.Surplus;
        }

        if (story.Invoice.Status == InvoiceStatus.Paid && before.Status != InvoiceStatus.Paid)
        {
            story.Note(StaffId.System, "Paid");
            SupersedeWriteOff(story);
        }
    }

    private static async Task AnchorAsync(CollectionStory story, Anchored anchored)
    {
        var invoice = story.Invoice;
        var due = anchored.Date.AddDays(invoice.OffsetDays);
        if (invoice.IsSettled || anchored.Basis != invoice.Basis || invoice.Due == due)
        {
            return;
        }

        var isCorrection = invoice.Due is not null;
        story.Invoice = await SendInvoice.CallAsync(
            story.Context,
            new SendInvoiceInput(
                invoice with
                {
                    Due = due,
                    Status = invoice.Paid.Amount > 0 ? InvoiceStatus.PartPaid : InvoiceStatus.Open,
                    DunningLevel = null,
                },
                isCorrection));
        story.Note(
            anchored.By,
            isCorrection ? $"Due date corrected from {invoice.Due:O} to {due:O}" : $"Due on {due:O}",
            $"{InvoiceText.DueReason(invoice.Basis, invoice.OffsetDays)} of {anchored.Date:O}; the invoice was sent to the buyer");
        await story.PlanAsync();
    }

    private static async Task DisputeAsync(CollectionStory story, Disputed dispute)
    {
        story.Invoice = story.Invoice with
        {
            Disputed = dispute.Amount,
            DisputedUntil = dispute.Until,
            PauseReason = $"{dispute.Amount} in dispute until {dispute.Until:O}: {dispute.Reason}",
        };
        story.Note(dispute.By, $"{dispute.Amount} in dispute: not chased until {dispute.Until:O}", dispute.Reason);
        await story.PlanAsync();
    }

    private static async Task PromiseAsync(CollectionStory story, Promised promise)
    {
        story.Invoice = story.Invoice with
        {
            PromisedFor = promise.Date,
            PromiseStands = true,
            PauseReason = $"Payment promised for {promise.Date:O}",
        };
        story.Note(promise.By, $"Payment promised for {promise.Date:O}: reminders wait for it once", promise.Comment);
        await story.PlanAsync();
    }

    private static void RequestWriteOff(CollectionStory story, WriteOffRequested request)
    {
        var invoice = story.Invoice;
        var approval = new ApprovalId($"{invoice.Id}-W{++story.WriteOffs}");
        story.Invoice = invoice with { WriteOff = approval };
        story.Note(request.By, $"Write-off of {invoice.Open} asked for", request.Reason);
        WriteOffRequest.Start(
            story.Context, new WriteOffInput(approval, invoice, request.By, request.Reason), $"{approval}-request");
    }

    private static void DecideWriteOff(CollectionStory story, WriteOffDecided decided)
    {
        var invoice = story.Invoice;
        if (invoice.IsSettled || invoice.WriteOff != decided.Approval)
        {
            return;
        }

        var (open, outcome) = (invoice.Open, decided.Outcome);
        if (outcome.Verdict != ApprovalVerdict.Approved)
        {
            story.Invoice = invoice with { WriteOff = null };
            story.Note(outcome.DecidedBy, $"Write-off {WriteOffText.Verdict(outcome.Verdict)}", outcome.Comment);
            return;
        }

        story.Invoice = invoice with
        {
            WriteOff = null,
            WrittenOff = invoice.WrittenOff + open,
            Disputed = Money.Zero(open.Currency),
            Status = InvoiceStatus.WrittenOff,
        };
        story.Note(outcome.DecidedBy, $"{open} written off", outcome.Comment);
    }

    private static void Cancel(CollectionStory story, OrderCancelled cancelled)
    {
        var invoice = story.Invoice;
        SupersedeWriteOff(story);
        story.Invoice = story.Invoice with { Status = InvoiceStatus.Cancelled, Disputed = Money.Zero(invoice.Amount.Currency) };
        story.Note(
            cancelled.By,
            invoice.Paid.Amount > 0 ? $"Cancelled with the order; {invoice.Paid} was received and is to be settled with the buyer" : "Cancelled with the order",
            cancelled.Reason);
    }

    private static void SupersedeWriteOff(CollectionStory story)
    {
        if (story.Invoice.WriteOff is { } pending)
        {
            WriteOffRequest.Supersede(story.Context, pending);
            story.Invoice = story.Invoice with { WriteOff = null };
        }
    }

    private static string Name(CollectionSignal signal) => signal switch
    {
        Disputed => "dispute",
        DisputeResolved => "end of a dispute",
        Promised => "promise of payment",
        WriteOffRequested => "write-off",
        OwnerChanged => "handover",
        OrderCancelled => "cancellation",
        _ => "signal",
    };
}

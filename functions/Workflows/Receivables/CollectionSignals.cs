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
        // The company's day is not known here without its zone; a day of grace keeps what the service let in.
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
                Dispute(story, dispute);
                break;
            case DisputeResolved resolved:
                Resolve(story, resolved.By, "Dispute resolved", resolved.Comment);
                break;
            case Promised promise:
                Promise(story, promise);
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
    public static void Resolve(CollectionStory story, StaffId by, string what, string? why)
    {
        var invoice = story.Invoice;
        story.Invoice = invoice with { Disputed = Money.Zero(invoice.Amount.Currency), DisputedUntil = null, PauseReason = null };
        story.Note(by, what, why);
        story.Replan();
    }

    private static async Task BookAsync(CollectionStory story, PaymentBooked signal)
    {
        if (story.Invoice.Shows(signal.Payment.Reference))
        {
            return;
        }

        var pending = story.Invoice.WriteOff;
        story.Take(await BookPayment.CallAsync(story.Context, new BookPaymentInput(story.File, signal, story.Now)));
        if (pending is { } approval && story.Invoice.WriteOff is null)
        {
            WriteOffRequest.Supersede(story.Context, approval);
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
        story.Invoice = invoice with
        {
            Due = due,
            Status = invoice.Paid.Amount > 0 ? InvoiceStatus.PartPaid : InvoiceStatus.Open,
            DunningLevel = null,
        };
        story.Note(
            anchored.By,
            isCorrection ? $"Due date corrected from {invoice.Due:O} to {due:O}" : $"Due on {due:O}",
            $"{InvoiceText.DueReason(invoice.Basis, invoice.OffsetDays)} of {anchored.Date:O}; the invoice was sent to the buyer");
        story.Replan();
        var input = new SendInvoiceInput(story.File, isCorrection, story.Now);
        story.Take(await SendInvoice.CallAsync(story.Context, input));
    }

    private static void Dispute(CollectionStory story, Disputed dispute)
    {
        story.Invoice = story.Invoice with
        {
            Disputed = dispute.Amount,
            DisputedUntil = dispute.Until,
            PauseReason = $"{dispute.Amount} in dispute until {dispute.Until:O}: {dispute.Reason}",
        };
        story.Note(dispute.By, $"{dispute.Amount} in dispute: not chased until {dispute.Until:O}", dispute.Reason);
        story.Replan();
    }

    private static void Promise(CollectionStory story, Promised promise)
    {
        story.Invoice = story.Invoice with
        {
            PromisedFor = promise.Date,
            PromiseStands = true,
            PauseReason = $"Payment promised for {promise.Date:O}",
        };
        story.Note(promise.By, $"Payment promised for {promise.Date:O}: reminders wait for it once", promise.Comment);
        story.Replan();
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

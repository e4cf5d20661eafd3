using Workflows.Approvals;
using Workflows.Receivables.Payments;
using Workflows.Receivables.WriteOffs;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What each signal does to a collection.</summary>
internal static class CollectionSignals
{
    /// <summary>Takes one, or notes why it cannot be taken.</summary>
    public static async Task TakeAsync(CollectionProcess process, CollectionSignal signal)
    {
        // The company's day is not known here without its zone; a day of grace keeps what the service let in.
        var yesterday = DateOnly.FromDateTime(process.Now.UtcDateTime).AddDays(-1);
        if (CollectionRules.Refusal(process.Invoice, signal, yesterday) is { } reason)
        {
            process.Note(signal.By, "Refused: " + Name(signal), reason);
            return;
        }

        switch (signal)
        {
            case PaymentBooked payment:
                await BookAsync(process, payment);
                break;
            case Anchored anchored:
                await AnchorAsync(process, anchored);
                break;
            case Disputed dispute:
                Dispute(process, dispute);
                break;
            case DisputeResolved resolved:
                Resolve(process, resolved.By, "Dispute resolved", resolved.Comment);
                break;
            case Promised promise:
                Promise(process, promise);
                break;
            case WriteOffRequested request:
                RequestWriteOff(process, request);
                break;
            case WriteOffDecided decided:
                DecideWriteOff(process, decided);
                break;
            case OwnerChanged changed:
                process.Invoice = process.Invoice with { Owner = changed.Owner };
                process.Note(changed.By, $"Handed over to {changed.Owner}");
                break;
            case OrderCancelled cancelled:
                Cancel(process, cancelled);
                break;
        }
    }

    /// <summary>Ends the pause of a dispute: everything that is open is chased again.</summary>
    public static void Resolve(CollectionProcess process, StaffId by, string what, string? why)
    {
        var invoice = process.Invoice;
        process.Invoice = invoice with
        {
            Disputed = Money.Zero(invoice.Amount.Currency),
            DisputedUntil = null,
            PauseReason = null,
        };
        process.Note(by, what, why);
        process.Replan();
    }

    private static async Task BookAsync(CollectionProcess process, PaymentBooked signal)
    {
        if (process.Invoice.Shows(signal.Payment.Reference))
        {
            return;
        }

        var pending = process.Invoice.WriteOff;
        process.Take(
            await BookPayment.CallAsync(process.Context, new BookPaymentInput(process.File, signal, process.Now)));
        if (pending is { } approval && process.Invoice.WriteOff is null)
        {
            WriteOffRequest.Supersede(process.Context, approval);
        }
    }

    private static async Task AnchorAsync(CollectionProcess process, Anchored anchored)
    {
        var invoice = process.Invoice;
        var due = anchored.Date.AddDays(invoice.OffsetDays);
        if (invoice.IsSettled || anchored.Basis != invoice.Basis || invoice.Due == due)
        {
            return;
        }

        var isCorrection = invoice.Due is not null;
        process.Invoice = invoice with
        {
            Due = due,
            Status = invoice.Paid.Amount > 0 ? InvoiceStatus.PartPaid : InvoiceStatus.Open,
            DunningLevel = null,
        };
        process.Note(
            anchored.By,
            isCorrection ? $"Due date corrected from {invoice.Due:O} to {due:O}" : $"Due on {due:O}",
            $"{InvoiceText.DueReason(invoice.Basis, invoice.OffsetDays)} of {anchored.Date:O}; the invoice was sent to "
                + "the buyer");
        process.Replan();
        var input = new SendInvoiceInput(process.File, isCorrection, process.Now);
        process.Take(await SendInvoice.CallAsync(process.Context, input));
    }

    private static void Dispute(CollectionProcess process, Disputed dispute)
    {
        process.Invoice = process.Invoice with
        {
            Disputed = dispute.Amount,
            DisputedUntil = dispute.Until,
            PauseReason = $"{dispute.Amount} in dispute until {dispute.Until:O}: {dispute.Reason}",
        };
        process.Note(dispute.By, $"{dispute.Amount} in dispute: not chased until {dispute.Until:O}", dispute.Reason);
        process.Replan();
    }

    private static void Promise(CollectionProcess process, Promised promise)
    {
        process.Invoice = process.Invoice with
        {
            PromisedFor = promise.Date,
            PromiseStands = true,
            PauseReason = $"Payment promised for {promise.Date:O}",
        };
        process.Note(promise.By, $"Payment promised for {promise.Date:O}: reminders wait for it once", promise.Comment);
        process.Replan();
    }

    private static void RequestWriteOff(CollectionProcess process, WriteOffRequested request)
    {
        var invoice = process.Invoice;
        var approval = new ApprovalId($"{invoice.Id}-W{++process.WriteOffs}");
        process.Invoice = invoice with { WriteOff = approval };
        process.Note(request.By, $"Write-off of {invoice.Open} asked for", request.Reason);
        WriteOffRequest.Start(
            process.Context, new WriteOffInput(approval, invoice, request.By, request.Reason), $"{approval}-request");
    }

    private static void DecideWriteOff(CollectionProcess process, WriteOffDecided decided)
    {
        var invoice = process.Invoice;
        if (invoice.IsSettled || invoice.WriteOff != decided.Approval)
        {
            return;
        }

        var (open, outcome) = (invoice.Open, decided.Outcome);
        if (outcome.Verdict != ApprovalVerdict.Approved)
        {
            process.Invoice = invoice with { WriteOff = null };
            process.Note(outcome.DecidedBy, $"Write-off {WriteOffText.Verdict(outcome.Verdict)}", outcome.Comment);
            return;
        }

        process.Invoice = invoice with
        {
            WriteOff = null,
            WrittenOff = invoice.WrittenOff + open,
            Disputed = Money.Zero(open.Currency),
            Status = InvoiceStatus.WrittenOff,
        };
        process.Note(outcome.DecidedBy, $"{open} written off", outcome.Comment);
    }

    private static void Cancel(CollectionProcess process, OrderCancelled cancelled)
    {
        var invoice = process.Invoice;
        SupersedeWriteOff(process);
        process.Invoice = process.Invoice with
        {
            Status = InvoiceStatus.Cancelled,
            Disputed = Money.Zero(invoice.Amount.Currency),
        };
        process.Note(
            cancelled.By,
            invoice.Paid.Amount > 0
                ? $"Cancelled with the order; {invoice.Paid} was received and is to be settled with the buyer"
                : "Cancelled with the order",
            cancelled.Reason);
    }

    private static void SupersedeWriteOff(CollectionProcess process)
    {
        if (process.Invoice.WriteOff is { } pending)
        {
            WriteOffRequest.Supersede(process.Context, pending);
            process.Invoice = process.Invoice with { WriteOff = null };
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

using System.Diagnostics;
using Workflows.Approvals;
using Workflows.Receivables.History;
using Workflows.Receivables.WriteOffs;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What each signal does to a collection. Pure.</summary>
internal static class CollectionSignals
{
    /// <summary>What it does, or a row of the history that says why it cannot be taken.</summary>
    public static CollectionDecision Decide(CollectionFile file, CollectionSignal signal, DateTimeOffset now)
    {
        // The company's day is not known here without its zone; a day of grace keeps what the service let in.
        var yesterday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        var refused = file.Revision >= CollectionFile.KeepsEveryClaim
            ? CollectionRules.Refusal(file.Invoice, signal, yesterday)
            : CollectionRules.RefusalAtFirst(file.Invoice, signal, yesterday);
        if (refused is { } refusal)
        {
            var noted = file.Note(now, signal.By, new RequestRefused(RequestOf(signal), refusal));
            return CollectionDecision.Of(
                file.Revision >= CollectionFile.KeepsRefusals
                    ? noted.With(noted.Invoice.WithRefused(signal.Id, refusal))
                    : noted);
        }

        return signal switch
        {
            PaymentBooked payment => Book(file, payment),
            Anchored anchored => SetDueDate(file, anchored, now),
            Disputed dispute => Dispute(file, dispute, now),
            DisputeResolved resolved => Resolve(file, resolved, now),
            Promised promise => Promise(file, promise, now),
            WriteOffRequested request => RequestWriteOff(file, request, now),
            WriteOffDecided decided => DecideWriteOff(file, decided, now),
            OwnerChanged changed => ReplaceOwner(file, changed, now),
            OrderCancelled cancelled => Cancel(file, cancelled, now),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>What follows from a payment once it is booked.</summary>
    /// <param name="pending">The write-off that waited for a decision before; null when none did.</param>
    public static CollectionDecision AfterBooking(CollectionFile file, ApprovalId? pending) =>
        pending is { } approval && file.Invoice.WriteOff is null
            ? CollectionDecision.Of(file, new CollectionEffect.SupersedeWriteOff(approval))
            : CollectionDecision.Of(file);

    /// <summary>What follows when the approval of a write-off was closed, because it no longer stands.</summary>
    /// <param name="outcome">What its approver had decided before, or that the request no longer stood.</param>
    public static CollectionDecision AfterClosing(CollectionFile file, ApprovalOutcome outcome, DateTimeOffset now)
    {
        if (outcome.Verdict != ApprovalVerdict.Approved)
        {
            return CollectionDecision.Of(file);
        }

        InvoiceRefusal refusal = file.Invoice.IsSettled
            ? new InvoiceRefusal.Settled(file.Invoice.Status)
            : new InvoiceRefusal.OpenChanged(file.Invoice.Open);
        return CollectionDecision.Of(
            file.Note(now, outcome.DecidedBy, new RequestRefused(InvoiceRequest.WriteOff, refusal)));
    }

    private static CollectionDecision Book(CollectionFile file, PaymentBooked payment) =>
        file.Invoice.Shows(payment)
            ? CollectionDecision.Of(file)
            : CollectionDecision.Of(file, new CollectionEffect.Book(payment));

    private static CollectionDecision SetDueDate(CollectionFile file, Anchored anchored, DateTimeOffset now)
    {
        var invoice = file.Invoice;
        var (basis, offset) = (invoice.Basis, invoice.OffsetDays);
        var due = anchored.Date.AddDays(offset);
        if (invoice.IsSettled || anchored.Basis != basis || invoice.Due == due)
        {
            return CollectionDecision.Of(file);
        }

        var after = invoice with
        {
            Due = due,
            Status = invoice.Paid.Amount > 0 ? InvoiceStatus.PartPaid : InvoiceStatus.Open,
            DunningLevel = null,
        };
        InvoiceEvent what = invoice.Due is { } before
            ? new DueDateCorrected(before, due, basis, offset, anchored.Date)
            : new DueDateSet(due, basis, offset, anchored.Date);
        return CollectionDecision.Of(
            file.With(after).Note(now, anchored.By, what).WithoutPlan(),
            new CollectionEffect.Send(IsCorrection: invoice.Due is not null));
    }

    private static CollectionDecision Dispute(CollectionFile file, Disputed dispute, DateTimeOffset now)
    {
        var (amount, until, reason) = (dispute.Amount, dispute.Until, dispute.Reason);
        if (file.Revision >= CollectionFile.KeepsEveryClaim)
        {
            var added = InvoiceDisputes.Add(file.Invoice, dispute, now);
            var recorded = new DisputeRecorded(amount, until, reason, added.Disputes![^1].Number);
            return CollectionDecision.Of(file.With(added).Note(now, dispute.By, recorded).WithoutPlan());
        }

        var invoice = file.Invoice with
        {
            Disputed = amount,
            DisputedUntil = until,
            DisputeReason = reason,
        };
        return CollectionDecision.Of(
            file.With(invoice).Note(now, dispute.By, new DisputeRecorded(amount, until, reason)).WithoutPlan());
    }

    private static CollectionDecision Resolve(CollectionFile file, DisputeResolved resolved, DateTimeOffset now)
    {
        if (file.Revision >= CollectionFile.KeepsEveryClaim)
        {
            var settled = InvoiceDisputes.OpenOf(file.Invoice)
                .Single(dispute => resolved.Dispute is not { } number || dispute.Number == number);
            var after = InvoiceDisputes.End(file.Invoice, [settled], DisputeState.Settled, resolved.Comment, now);
            return CollectionDecision.Of(
                file.With(CollectionActions.EndPause(file, after, now))
                    .Note(now, resolved.By, new DisputeSettled(resolved.Comment, settled.Number, settled.Amount))
                    .WithoutPlan());
        }

        return CollectionDecision.Of(
            file.With(file.Invoice.WithoutDispute())
                .Note(now, resolved.By, new DisputeSettled(resolved.Comment))
                .WithoutPlan());
    }

    private static CollectionDecision Promise(CollectionFile file, Promised promise, DateTimeOffset now)
    {
        if (file.Revision >= CollectionFile.KeepsEveryClaim)
        {
            var promised = new PaymentPromised(promise.Date, promise.Comment, promise.Amount);
            return CollectionDecision.Of(
                file.With(InvoicePromises.Add(file.Invoice, promise, now))
                    .Note(now, promise.By, promised)
                    .WithoutPlan());
        }

        var invoice = file.Invoice with
        {
            PromisedFor = promise.Date,
            PromiseStands = true,
        };
        return CollectionDecision.Of(
            file.With(invoice).Note(now, promise.By, new PaymentPromised(promise.Date, promise.Comment)).WithoutPlan());
    }

    private static CollectionDecision RequestWriteOff(
        CollectionFile file, WriteOffRequested request, DateTimeOffset now)
    {
        var (invoice, number) = (file.Invoice, file.WriteOffCount + 1);
        var approval = new ApprovalId($"{invoice.Id}-W{number}");
        var after = file.With(invoice with { WriteOff = approval }) with { WriteOffCount = number };
        return CollectionDecision.Of(
            after.Note(now, request.By, new WriteOffAsked(approval, invoice.Open, request.Reason)),
            new CollectionEffect.AskWriteOff(new WriteOffInput(approval, invoice, request.By, request.Reason)
            {
                Gates = file.Revision >= CollectionFile.KeepsEveryClaim ? invoice.Gates : null,
            }));
    }

    private static CollectionDecision DecideWriteOff(CollectionFile file, WriteOffDecided decided, DateTimeOffset now)
    {
        var invoice = file.Invoice;
        if (invoice.IsSettled || invoice.WriteOff != decided.Approval)
        {
            return CollectionDecision.Of(file);
        }

        var (open, outcome) = (invoice.Open, decided.Outcome);
        var after = invoice with { WriteOff = null };
        if (outcome.Verdict != ApprovalVerdict.Approved)
        {
            return CollectionDecision.Of(file.With(after)
                .Note(now, outcome.DecidedBy, new WriteOffDenied(outcome.Verdict, outcome.Comment)));
        }

        after = after with
        {
            WrittenOff = invoice.WrittenOff + open,
            Disputed = Money.Zero(open.Currency),
            Status = InvoiceStatus.WrittenOff,
        };
        return CollectionDecision.Of(
            file.With(after).Note(now, outcome.DecidedBy, new WrittenOff(open, outcome.Comment)));
    }

    private static CollectionDecision ReplaceOwner(CollectionFile file, OwnerChanged changed, DateTimeOffset now) =>
        CollectionDecision.Of(
            file.With(file.Invoice with { Owner = changed.Owner })
                .Note(now, changed.By, new InvoiceOwnerReplaced(changed.Owner)));

    private static CollectionDecision Cancel(CollectionFile file, OrderCancelled cancelled, DateTimeOffset now)
    {
        var invoice = file.Invoice;
        var after = invoice with
        {
            WriteOff = null,
            Status = InvoiceStatus.Cancelled,
            Disputed = Money.Zero(invoice.Amount.Currency),
        };
        var noted = file.With(after).Note(now, cancelled.By, new CancelledWithOrder(invoice.Paid, cancelled.Reason));
        return invoice.WriteOff is { } pending
            ? CollectionDecision.Of(noted, new CollectionEffect.SupersedeWriteOff(pending))
            : CollectionDecision.Of(noted);
    }

    /// <summary>What a signal asks for that may be refused.</summary>
    public static InvoiceRequest RequestOf(CollectionSignal signal) => signal switch
    {
        Disputed => InvoiceRequest.Dispute,
        DisputeResolved => InvoiceRequest.DisputeResolution,
        Promised => InvoiceRequest.Promise,
        WriteOffRequested => InvoiceRequest.WriteOff,
        OwnerChanged => InvoiceRequest.Handover,
        OrderCancelled => InvoiceRequest.Cancellation,
        _ => throw new UnreachableException(),
    };
}

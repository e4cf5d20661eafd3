using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What a collection does by itself when the time has come. Pure.</summary>
internal static class CollectionActions
{
    public static CollectionDecision Decide(CollectionFile file, NextAction action, DateTimeOffset now) =>
        action.Kind switch
        {
            ActionKind.TurnOverdue => TurnOverdue(file, now),
            ActionKind.EndPromise => EndPromise(file, now),
            ActionKind.EndDispute => EndDispute(file, now),
            // Looked up again, and booked, before a new plan is made.
            ActionKind.TakePayment => CollectionDecision.Of(file.WithoutPlan() with { IsKept = false }),
            _ => CollectionDecision.Of(file with { WasReminded = true }, new CollectionEffect.Remind()),
        };

    private static CollectionDecision TurnOverdue(CollectionFile file, DateTimeOffset now)
    {
        var invoice = file.Invoice with { Status = InvoiceStatus.Overdue };
        return CollectionDecision.Of(file.With(invoice)
            .Note(now, StaffId.System, new TurnedOverdue(invoice.Open, invoice.Due!.Value)));
    }

    private static CollectionDecision EndPromise(CollectionFile file, DateTimeOffset now)
    {
        var isKept = InvoicePromises.IsKept(file.Invoice);
        var amount = InvoicePromises.Of(file.Invoice)[^1].Amount;
        var ended = InvoicePromises.End(file.Invoice, isKept ? PromiseState.Kept : PromiseState.Broken);
        var invoice = EndPause(file, ended, now);
        if (isKept)
        {
            var kept = new PromiseKept(amount!.Value, invoice.PromisedFor!.Value);
            return CollectionDecision.Of(file.With(invoice).Note(now, StaffId.System, kept).WithoutPlan());
        }

        var broken = new PromiseBroken(invoice.Open, invoice.PromisedFor!.Value, amount);
        return CollectionDecision.Of(
            file.With(invoice).Note(now, StaffId.System, broken).WithoutPlan(),
            new CollectionEffect.Escalate(new Escalation(invoice, broken)));
    }

    private static CollectionDecision EndDispute(CollectionFile file, DateTimeOffset now)
    {
        var invoice = EndPause(file, file.Invoice, now);
        return file.Revision >= CollectionFile.KeepsEveryClaim
            ? EndDisputes(file, invoice, now)
            : EndDispute(
                file, invoice.WithoutDispute(), [new DisputeLapsed(invoice.Disputed, invoice.DisputedUntil!.Value)],
                invoice, now);
    }

    private static CollectionDecision EndDisputes(CollectionFile file, Invoice invoice, DateTimeOffset now)
    {
        var ending = InvoiceDisputes.EndingOf(invoice);
        return EndDispute(
            file,
            InvoiceDisputes.End(invoice, ending, DisputeState.Lapsed, comment: null, now),
            [.. ending.Select(dispute => new DisputeLapsed(dispute.Amount, dispute.Until, dispute.Number))],
            invoice,
            now);
    }

    private static CollectionDecision EndDispute(
        CollectionFile file, Invoice after, IReadOnlyList<DisputeLapsed> lapsed, Invoice before, DateTimeOffset now)
    {
        var noted = lapsed.Aggregate(file.With(after), (all, one) => all.Note(now, StaffId.System, one));
        return CollectionDecision.Of(
            noted.WithoutPlan(),
            [.. lapsed.Select(one => new CollectionEffect.Escalate(new Escalation(before, one)))]);
    }

    /// <summary>The invoice after a pause of its reminders: the buyer has some days before they go on.</summary>
    public static Invoice EndPause(CollectionFile file, Invoice invoice, DateTimeOffset now) =>
        file.Revision >= CollectionFile.KeepsEveryClaim ? invoice with { PauseEndedAt = now } : invoice;
}

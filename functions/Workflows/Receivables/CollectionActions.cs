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
        var invoice = file.Invoice with { PromiseStands = false };
        var broken = new PromiseBroken(invoice.Open, invoice.PromisedFor!.Value);
        return CollectionDecision.Of(
            file.With(invoice).Note(now, StaffId.System, broken).WithoutPlan(),
            new CollectionEffect.Escalate(new Escalation(invoice, broken)));
    }

    private static CollectionDecision EndDispute(CollectionFile file, DateTimeOffset now)
    {
        var invoice = file.Invoice;
        var lapsed = new DisputeLapsed(invoice.Disputed, invoice.DisputedUntil!.Value);
        return CollectionDecision.Of(
            file.With(invoice.WithoutDispute()).Note(now, StaffId.System, lapsed).WithoutPlan(),
            new CollectionEffect.Escalate(new Escalation(invoice, lapsed)));
    }
}

using Workflows.Policies;
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
        var invoice = file.Invoice with { PromiseStands = false, PauseReason = null };
        var (open, promised) = (invoice.Open, invoice.PromisedFor!.Value);
        var escalation = new EscalationInput(
            invoice,
            "Promise of payment not kept",
            $"The buyer promised {open} for {promised:O} and it has not come in. The reminders go on from where they "
                + "stood; please call the buyer.",
            [StaffRole.Manager],
            $"promise|{promised:O}");
        return CollectionDecision.Of(
            file.With(invoice).Note(now, StaffId.System, new PromiseBroken(open, promised)).WithoutPlan(),
            new CollectionEffect.Escalate(escalation));
    }

    private static CollectionDecision EndDispute(CollectionFile file, DateTimeOffset now)
    {
        var (disputed, until) = (file.Invoice.Disputed, file.Invoice.DisputedUntil);
        var escalation = new EscalationInput(
            file.Invoice,
            "The pause for a dispute has ended",
            $"{disputed} was in dispute until {until:O} and nobody recorded a result. It is chased again with the "
                + "rest; if the dispute goes on, record it with a new end.",
            [],
            $"dispute|{until:O}");
        return CollectionDecision.Of(
            file.With(file.Invoice.WithoutDispute())
                .Note(now, StaffId.System, new DisputeLapsed(disputed))
                .WithoutPlan(),
            new CollectionEffect.Escalate(escalation));
    }
}

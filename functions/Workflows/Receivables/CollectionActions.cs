using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What a collection does by itself when the time has come.</summary>
internal static class CollectionActions
{
    /// <summary>Takes an action.</summary>
    public static async Task DoAsync(CollectionProcess process, NextAction action)
    {
        switch (action.Kind)
        {
            case ActionKind.TurnOverdue:
                TurnOverdue(process);
                break;
            case ActionKind.EndPromise:
                EndPromise(process);
                break;
            case ActionKind.EndDispute:
                EndDispute(process);
                break;
            default:
                var file = process.File with { WasReminded = true };
                process.Take(await SendReminder.CallAsync(process.Context, new SendReminderInput(file, process.Now)));
                break;
        }
    }

    private static void TurnOverdue(CollectionProcess process)
    {
        process.Invoice = process.Invoice with { Status = InvoiceStatus.Overdue };
        process.Note(StaffId.System, "Overdue", $"{process.Invoice.Open} was due on {process.Invoice.Due:O}");
    }

    private static void EndPromise(CollectionProcess process)
    {
        var promised = process.Invoice.PromisedFor;
        process.Invoice = process.Invoice with { PromiseStands = false, PauseReason = null };
        process.Note(
            StaffId.System, "Promise of payment not kept", $"{process.Invoice.Open} was promised for {promised:O}");
        process.Tell(new EscalationInput(
            process.Invoice,
            "Promise of payment not kept",
            $"The buyer promised {process.Invoice.Open} for {promised:O} and it has not come in. The reminders go on "
                + "from where they stood; please call the buyer.",
            [StaffRole.Manager],
            $"promise|{promised:O}"));
        process.Replan();
    }

    private static void EndDispute(CollectionProcess process)
    {
        var (disputed, until) = (process.Invoice.Disputed, process.Invoice.DisputedUntil);
        process.Tell(new EscalationInput(
            process.Invoice,
            "The pause for a dispute has ended",
            $"{disputed} was in dispute until {until:O} and nobody recorded a result. It is chased again with the "
                + "rest; if the dispute goes on, record it with a new end.",
            [],
            $"dispute|{until:O}"));
        CollectionSignals.Resolve(
            process,
            StaffId.System,
            $"The pause for the dispute over {disputed} has ended",
            "No result was recorded in time");
    }
}

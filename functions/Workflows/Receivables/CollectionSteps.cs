using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What a collection does by itself when the time has come.</summary>
internal static class CollectionSteps
{
    /// <summary>Does a step.</summary>
    public static async Task DoAsync(CollectionStory story, NextStep step)
    {
        switch (step.Kind)
        {
            case StepKind.TurnOverdue:
                TurnOverdue(story);
                break;
            case StepKind.EndPromise:
                EndPromise(story);
                break;
            case StepKind.EndDispute:
                EndDispute(story);
                break;
            default:
                var file = story.File with { WasReminded = true };
                story.Take(await SendReminder.CallAsync(story.Context, new SendReminderInput(file, story.Now)));
                break;
        }
    }

    private static void TurnOverdue(CollectionStory story)
    {
        story.Invoice = story.Invoice with { Status = InvoiceStatus.Overdue };
        story.Note(StaffId.System, "Overdue", $"{story.Invoice.Open} was due on {story.Invoice.Due:O}");
    }

    private static void EndPromise(CollectionStory story)
    {
        var promised = story.Invoice.PromisedFor;
        story.Invoice = story.Invoice with { PromiseStands = false, PauseReason = null };
        story.Note(StaffId.System, "Promise of payment not kept", $"{story.Invoice.Open} was promised for {promised:O}");
        story.Tell(new EscalationInput(
            story.Invoice,
            "Promise of payment not kept",
            $"The buyer promised {story.Invoice.Open} for {promised:O} and it has not come in. The reminders go on from where they stood; please call the buyer.",
            [StaffRole.Manager],
            $"promise|{promised:O}"));
        story.Replan();
    }

    private static void EndDispute(CollectionStory story)
    {
        var (disputed, until) = (story.Invoice.Disputed, story.Invoice.DisputedUntil);
        story.Tell(new EscalationInput(
            story.Invoice,
            "The pause for a dispute has ended",
            $"{disputed} was in dispute until {until:O} and nobody recorded a result. It is chased again with the rest; if the dispute goes on, record it with a new end.",
            [],
            $"dispute|{until:O}"));
        CollectionSignals.Resolve(
            story,
            StaffId.System,
            $"The pause for the dispute over {disputed} has ended",
            "No result was recorded in time");
    }
}

using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What a collection does by itself when the time has come.</summary>
internal static class CollectionSteps
{
    /// <summary>Does a step.</summary>
    public static Task DoAsync(CollectionStory story, NextStep step) => step.Kind switch
    {
        StepKind.TurnOverdue => TurnOverdue(story),
        StepKind.EndPromise => EndPromiseAsync(story),
        StepKind.EndDispute => EndDisputeAsync(story),
        _ => RemindAsync(story),
    };

    private static Task TurnOverdue(CollectionStory story)
    {
        story.Invoice = story.Invoice with { Status = InvoiceStatus.Overdue };
        story.Note(StaffId.System, "Overdue", $"{story.Invoice.Open} was due on {story.Invoice.Due:O}");
        return Task.CompletedTask;
    }

    private static async Task EndPromiseAsync(CollectionStory story)
    {
        var promised = story.Invoice.PromisedFor;
        story.Invoice = story.Invoice with { PromiseStands = false, PauseReason = null };
        story.Note(StaffId.System, "Promise of payment not kept", $"{story.Invoice.Open} was promised for {promised:O}");
        await EscalateReceivable.CallAsync(story.Context, new EscalationInput(
            story.Invoice,
            "Promise of payment not kept",
            $"The buyer promised {story.Invoice.Open} for {promised:O} and it has not come in. The reminders go on from where they stood; please call the buyer.",
            [StaffRole.Manager],
            $"promise|{promised:O}"));
        await story.PlanAsync();
    }

    private static async Task EndDisputeAsync(CollectionStory story)
    {
        var (disputed, until) = (story.Invoice.Disputed, story.Invoice.DisputedUntil);
        await EscalateReceivable.CallAsync(story.Context, new EscalationInput(
            story.Invoice,
            "The pause for a dispute has ended",
            $"{disputed} was in dispute until {until:O} and nobody recorded a result. It is chased again with the rest; if the dispute goes on, record it with a new end.",
            [],
            $"dispute|{until:O}"));
        await CollectionSignals.ResolveAsync(story, StaffId.System, $"The pause for the dispute over {disputed} has ended", "No result was recorded in time");
    }

    private static async Task RemindAsync(CollectionStory story)
    {
        var result = await SendReminder.CallAsync(story.Context, new SendReminderInput(story.Invoice));
        story.Find(result.Waiting);
        if (result.PutOffUntil is { } until)
        {
            PutOff(story, until, result.Why);
        }
        else if (result.Level is { } level)
        {
            Reminded(story, result, level);
        }
        else if (result.Waiting.Count == 0)
        {
            // The policy has another ladder now than when the plan was made.
            await story.PlanAsync();
        }
    }

    private static void PutOff(CollectionStory story, DateTimeOffset until, string? why)
    {
        story.PutOff(until);
        if (why is not null && why != story.Invoice.PauseReason)
        {
            story.Invoice = story.Invoice with { PauseReason = why };
            story.Note(StaffId.System, why);
        }
    }

    private static void Reminded(CollectionStory story, ReminderResult result, int level)
    {
        story.Invoice = story.Invoice with { DunningLevel = level, Interest = result.Interest ?? story.Invoice.Interest };
        story.Note(StaffId.System, result.What, result.Why);
    }
}

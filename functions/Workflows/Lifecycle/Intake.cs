using Workflows.Inquiries;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>From the inquiry to somebody's service.</summary>
internal static class Intake
{
    // A day of waiting for an owner, then the rule is asked again: people come back, deals end.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(4);

    /// <summary>Looks at the inquiry: spam and duplicates end here.</summary>
    public static async Task<bool> QualifyAsync(DealStory story, DealInput input)
    {
        (var found, story.Terms) = await QualifyInquiry.CallAsync(
            story.Context, new QualifyInput(story.Deal.Id, input.Inquiry, input.MessageId));
        story.Deal = story.Deal with { PolicyVersion = story.Terms.PolicyVersion, Qualification = found };
        story.MoveTo(Stage.Received, input.By, $"Inquiry received from {input.Inquiry.Platform}");
        story.Count(FactKind.InquiryReceived);
        if (found.Verdict != InquiryVerdict.Serious)
        {
            story.Count(FactKind.InquiryDiscarded, note: found.Reason);
            story.End(Stage.Rejected, StaffId.System, "Rejected", found.Reason);
            TellOriginal(story, found, input);
            return false;
        }

        story.MoveTo(
            Stage.Qualified,
            StaffId.System,
            $"Qualified: {found.Score.Temperature.ToString().ToLowerInvariant()}, score {found.Score.Value}",
            string.Join("; ", found.Score.Reasons));
        return true;
    }

    /// <summary>Finds an owner, however long it takes.</summary>
    /// <returns>Whether somebody has it; false when it was given up.</returns>
    public static async Task<bool> AssignAsync(DealStory story)
    {
        // Whoever gets it out of the queue gets the whole time: waiting has used it up.
        var clockFrom = story.Deal.Inquiry.ReceivedAt;
        var told = false;
        while (true)
        {
            var assignment = await AssignAsync(story, except: [], clockFrom);
            if (assignment.Owner is not null)
            {
                return true;
            }

            if (!told)
            {
                story.Tell(InquiryNoticeKind.Unassigned);
                told = true;
            }

            var waiting = new Waiting(
                "an owner", assignment.Manager.Value, story.Now, story.Now + AskAgainAfter, "The assignment rule is asked again");
            if (await story.WaitAsync(waiting) is GivenUp given)
            {
                GiveUp(story, given);
                return false;
            }

            if (story.Deal.Owner is { } owner)
            {
                story.MoveTo(Stage.Assigned, StaffId.System, $"Assigned to {owner}", story.Deal.OwnerReason);
                return true;
            }

            clockFrom = story.Now;
        }
    }

    /// <summary>Asks the assignment rule once, and takes its answer if it has one.</summary>
    public static async Task<Assignment> AssignAsync(
        DealStory story, IReadOnlyList<StaffId> except, DateTimeOffset clockFrom)
    {
        var input = new AssignInput(story.Deal.Id, story.Deal.Inquiry, story.Deal.Qualification!, except, clockFrom);
        var assignment = await AssignOwner.CallAsync(story.Context, input);
        story.Deal = story.Deal with { Manager = assignment.Manager };
        if (assignment.Owner is { } owner)
        {
            story.Deal = story.Deal with { Owner = owner, OwnerReason = assignment.Reason };
            story.FirstResponse = assignment.FirstResponse;
            story.Count(FactKind.Assigned);
            story.MoveTo(Stage.Assigned, StaffId.System, $"Assigned to {owner}", assignment.Reason);
            story.Tell(InquiryNoticeKind.Assigned, assignment.FirstResponse.EscalateAt);
        }

        return assignment;
    }

    /// <summary>Ends a deal that has no order yet.</summary>
    public static void GiveUp(DealStory story, GivenUp given)
    {
        story.Count(FactKind.DealLost, note: given.Reason);
        story.End(Stage.Lost, given.By, "Lost", given.Reason);
    }

    private static void TellOriginal(DealStory story, Qualification found, DealInput input)
    {
        if (found.DuplicateOf is { } original)
        {
            var message = new BuyerWrote(story.Deal.Id.Value, StaffId.System, input.MessageId, story.Deal.Inquiry);
            DealSignal.Event.Send(story.Context, original.Value, message);
        }
    }
}

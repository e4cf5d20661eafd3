using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>From the inquiry to its owner.</summary>
internal static class Intake
{
    // While nobody can take the deal, the rule is asked again now and then: people come back, other deals end.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(4);

    /// <summary>Looks at the inquiry: spam and duplicates end here.</summary>
    public static async Task<bool> QualifyAsync(DealProcess process, DealInput input)
    {
        var qualified = await QualifyInquiry.CallAsync(
            process.Context, new QualifyInput(process.Deal.Id, input.Inquiry, input.MessageId));
        process.Apply(Decide(process.State, input, qualified, process.Now));
        if (qualified.Found.DuplicateOf is { } original)
        {
            var message = new BuyerWrote(process.Deal.Id.Value, StaffId.System, input.MessageId, process.Deal.Inquiry);
            DealSignal.Event.Send(process.Context, original.Value, message);
        }

        return !process.Deal.HasEnded;
    }

    /// <summary>What the first look makes of an inquiry.</summary>
    public static DealChanges Decide(DealState state, DealInput input, QualifiedInquiry qualified, DateTimeOffset now)
    {
        var (found, terms, unacknowledged) = qualified;
        var changes = new DealChanges(state with { Terms = terms }, now);
        changes.Deal = changes.Deal with { PolicyVersion = terms.PolicyVersion, Qualification = found };
        changes.MoveTo(Stage.Received, input.By, new InquiryTakenIn(input.Inquiry.Platform));
        changes.Count(FactKind.InquiryReceived);
        if (found.Verdict != InquiryVerdict.Serious)
        {
            changes.Count(FactKind.InquiryDiscarded);
            changes.End(Stage.Rejected, StaffId.System, new InquiryRejected(found.Reason));
            return changes;
        }

        var score = found.Score;
        changes.MoveTo(
            Stage.Qualified, StaffId.System, new InquiryQualified(score.Temperature, score.Value, score.Reasons));
        if (unacknowledged is { } limit)
        {
            changes.Note(StaffId.System, new AcknowledgementWithheld(limit));
        }

        return changes;
    }

    /// <summary>Finds an owner, however long it takes.</summary>
    /// <returns>Whether the deal has one; false when it was given up.</returns>
    public static async Task<bool> FindOwnerAsync(DealProcess process)
    {
        // An owner who gets the deal out of the queue has the whole time to respond: the queue has used up the first.
        var clockFrom = process.Deal.Inquiry.ReceivedAt;
        var isNotified = false;
        while (true)
        {
            var assignment = await AskForOwnerAsync(process, except: [], clockFrom);
            if (assignment.Owner is not null)
            {
                return true;
            }

            if (!isNotified)
            {
                process.Change(changes => changes.Notify(InquiryNoticeKind.Unassigned, dueAt: null));
                isNotified = true;
            }

            var waiting = new Waiting(
                WaitingFor.Owner, assignment.Manager.Value, process.Now, process.Now + AskAgainAfter,
                WaitingThen.AssignAgain);
            if (await process.WaitAsync(waiting) is GivenUp given)
            {
                process.Apply(GiveUp(process.State, given, process.Now));
                return false;
            }

            if (process.Deal is { Owner: { } owner, OwnerReason: var reason })
            {
                process.Change(changes =>
                    changes.MoveTo(Stage.Assigned, StaffId.System, new OwnerAssigned(owner, reason)));
                return true;
            }

            clockFrom = process.Now;
        }
    }

    /// <summary>Asks the assignment rule once, and takes its answer if it has one.</summary>
    public static async Task<Assignment> AskForOwnerAsync(
        DealProcess process, IReadOnlyList<StaffId> except, DateTimeOffset clockFrom)
    {
        var input = new AssignInput(
            process.Deal.Id, process.Deal.Inquiry, process.Deal.Qualification!, except, clockFrom);
        var assignment = await AssignOwner.CallAsync(process.Context, input);
        process.Apply(Decide(process.State, assignment, process.Now));
        return assignment;
    }

    /// <summary>What the assignment rule's answer makes of a deal.</summary>
    public static DealChanges Decide(DealState state, Assignment assignment, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        changes.Deal = changes.Deal with { Manager = assignment.Manager };
        if (assignment.Owner is { } owner)
        {
            changes.State = changes.State with { FirstResponse = assignment.FirstResponse };
            changes.Deal = changes.Deal with { Owner = owner, OwnerReason = assignment.Reason };
            changes.Count(FactKind.Assigned);
            changes.MoveTo(Stage.Assigned, StaffId.System, new OwnerAssigned(owner, assignment.Reason));
            changes.Notify(InquiryNoticeKind.Assigned, assignment.FirstResponse.EscalateAt);
        }

        return changes;
    }

    /// <summary>Ends a deal that has no order yet, because a person gave it up.</summary>
    public static DealChanges GiveUp(DealState state, GivenUp given, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        changes.Lose(given.By, new DealLost(given.Reason));
        return changes;
    }
}

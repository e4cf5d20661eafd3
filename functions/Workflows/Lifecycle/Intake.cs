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

    // A buyer who was rejected by mistake writes again or is missed within a month; spam is not kept for longer.
    private static readonly TimeSpan ReinstatedWithin = TimeSpan.FromDays(30);

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
        var (found, terms, unacknowledged, question) = qualified;
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
        if (question is not null)
        {
            changes.Note(StaffId.System, new CustomerQuestioned(question));
        }

        if (unacknowledged is { } limit)
        {
            changes.Note(StaffId.System, new AcknowledgementWithheld(limit));
        }

        return changes;
    }

    /// <summary>
    /// Keeps a rejected deal open for a person who lets it go on. A duplicate ends: its buyer is served in the other
    /// deal. Deals of earlier revisions end as they began.
    /// </summary>
    /// <returns>Whether the deal goes on.</returns>
    public static async Task<bool> ReinstateAsync(DealProcess process, DealInput input)
    {
        var (deal, terms) = (process.Deal, process.State.Terms);
        if (deal is not { Stage: Stage.Rejected, Qualification.Verdict: not InquiryVerdict.Duplicate }
            || terms.Revision is null or < DealTerms.CanBeReinstated)
        {
            return false;
        }

        var until = process.Now + ReinstatedWithin;
        var waiting = new Waiting(WaitingFor.Reinstatement, "manager", process.Now, until, Then: null);
        while (process.Deal.HasEnded && process.Now < until)
        {
            if (await process.WaitAsync(waiting) is Reinstated reinstated)
            {
                var again = new QualifyInput(deal.Id, input.Inquiry, input.MessageId, SecondLook.Reinstated);
                var qualified = await QualifyInquiry.CallAsync(process.Context, again);
                process.Apply(Decide(process.State, reinstated, qualified, process.Now));
            }
        }

        return !process.Deal.HasEnded;
    }

    /// <summary>What a person's word makes of a rejected deal.</summary>
    public static DealChanges Decide(
        DealState state, Reinstated reinstated, QualifiedInquiry qualified, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        changes.ShowLife();
        changes.Deal = changes.Deal with { Qualification = qualified.Found, End = null };
        changes.CountAtThisMoment(FactKind.InquiryReinstated);
        changes.MoveTo(Stage.Qualified, reinstated.By, new DealReinstated(reinstated.Reason));
        return changes;
    }

    /// <summary>Finds an owner, however long it takes.</summary>
    /// <param name="clockFrom">When the first-response clock starts, UTC.</param>
    /// <returns>Whether the deal has one; false when it was given up or discarded.</returns>
    public static async Task<bool> FindOwnerAsync(DealProcess process, DateTimeOffset clockFrom)
    {
        // An owner who gets the deal out of the queue has the whole time to respond: the queue has used up the first.
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
            switch (await process.WaitAsync(waiting))
            {
                case GivenUp given:
                    process.Apply(GiveUp(process.State, given, process.Now));
                    return false;
                case Discarded discarded:
                    process.Apply(Discard(process.State, discarded, process.Now));
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

    /// <summary>Rejects a deal that has no order yet, because a person says that it is spam.</summary>
    public static DealChanges Discard(DealState state, Discarded discarded, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        changes.Discard(discarded);
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

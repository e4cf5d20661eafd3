using Workflows.Facts;
using Workflows.Inquiries;
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
        (var found, process.Terms) = await QualifyInquiry.CallAsync(
            process.Context, new QualifyInput(process.Deal.Id, input.Inquiry, input.MessageId));
        process.Deal = process.Deal with { PolicyVersion = process.Terms.PolicyVersion, Qualification = found };
        process.MoveTo(Stage.Received, input.By, $"Inquiry received from {input.Inquiry.Platform}");
        process.Count(FactKind.InquiryReceived);
        if (found.Verdict != InquiryVerdict.Serious)
        {
            process.Count(FactKind.InquiryDiscarded, note: found.Reason);
            process.End(Stage.Rejected, StaffId.System, "Rejected", found.Reason);
            SignalOriginal(process, found, input);
            return false;
        }

        process.MoveTo(
            Stage.Qualified,
            StaffId.System,
            $"Qualified: {found.Score.Temperature.ToString().ToLowerInvariant()}, score {found.Score.Value}",
            string.Join("; ", found.Score.Reasons));
        return true;
    }

    /// <summary>Finds an owner, however long it takes.</summary>
    /// <returns>Whether somebody has it; false when it was given up.</returns>
    public static async Task<bool> AssignAsync(DealProcess process)
    {
        // Whoever gets it out of the queue gets the whole time: waiting has used it up.
        var clockFrom = process.Deal.Inquiry.ReceivedAt;
        var told = false;
        while (true)
        {
            var assignment = await AssignAsync(process, except: [], clockFrom);
            if (assignment.Owner is not null)
            {
                return true;
            }

            if (!told)
            {
                process.Tell(InquiryNoticeKind.Unassigned);
                told = true;
            }

            var waiting = new Waiting(
                "an owner", assignment.Manager.Value, process.Now, process.Now + AskAgainAfter,
                "The assignment rule is asked again");
            if (await process.WaitAsync(waiting) is GivenUp given)
            {
                GiveUp(process, given);
                return false;
            }

            if (process.Deal.Owner is { } owner)
            {
                process.MoveTo(Stage.Assigned, StaffId.System, $"Assigned to {owner}", process.Deal.OwnerReason);
                return true;
            }

            clockFrom = process.Now;
        }
    }

    /// <summary>Asks the assignment rule once, and takes its answer if it has one.</summary>
    public static async Task<Assignment> AssignAsync(
        DealProcess process, IReadOnlyList<StaffId> except, DateTimeOffset clockFrom)
    {
        var input = new AssignInput(
            process.Deal.Id, process.Deal.Inquiry, process.Deal.Qualification!, except, clockFrom);
        var assignment = await AssignOwner.CallAsync(process.Context, input);
        process.Deal = process.Deal with { Manager = assignment.Manager };
        if (assignment.Owner is { } owner)
        {
            process.Deal = process.Deal with { Owner = owner, OwnerReason = assignment.Reason };
            process.FirstResponse = assignment.FirstResponse;
            process.Count(FactKind.Assigned);
            process.MoveTo(Stage.Assigned, StaffId.System, $"Assigned to {owner}", assignment.Reason);
            process.Tell(InquiryNoticeKind.Assigned, assignment.FirstResponse.EscalateAt);
        }

        return assignment;
    }

    /// <summary>Ends a deal that has no order yet.</summary>
    public static void GiveUp(DealProcess process, GivenUp given)
    {
        process.Count(FactKind.DealLost, note: given.Reason);
        process.End(Stage.Lost, given.By, "Lost", given.Reason);
    }

    private static void SignalOriginal(DealProcess process, Qualification found, DealInput input)
    {
        if (found.DuplicateOf is { } original)
        {
            var message = new BuyerWrote(process.Deal.Id.Value, StaffId.System, input.MessageId, process.Deal.Inquiry);
            DealSignal.Event.Send(process.Context, original.Value, message);
        }
    }
}

using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Orders;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>Credit that was not granted.</summary>
/// <param name="Decision">What was asked: the same again is not asked twice.</param>
internal sealed record CreditRefusal(ApprovalOutcome Outcome, CreditDecision Decision);

/// <summary>From the buyer's yes to a confirmed order: the credit check stands between.</summary>
internal static class Ordering
{
    /// <summary>Confirms the order, or sends the deal back to negotiation, or ends it.</summary>
    /// <returns>Whether there is an order.</returns>
    public static async Task<bool> ConfirmAsync(DealStory story, Negotiation negotiation)
    {
        var quotation = story.Deal.Quotation!;
        var instalments = await PlanOrder.CallAsync(story.Context, new PlanOrderInput(story.Deal.Id, quotation));
        var refusal = await ClearAsync(story, quotation.Total, instalments, CreditCheckPoint.Order, before: null, given => Intake.GiveUp(story, given));
        if (story.Deal.HasEnded)
        {
            return false;
        }

        if (refusal is not null)
        {
            negotiation.Reopen(refusal.Outcome.DecidedBy, refusal.Outcome.Comment ?? "Credit was not granted: offer other payment terms");
            return false;
        }

        var deal = story.Deal;
        var order = await ConfirmOrder.CallAsync(story.Context, new ConfirmOrderInput(
            deal.Id,
            deal.Qualification!.Customer,
            quotation,
            instalments,
            deal.Accepted!.PurchaseOrder,
            deal.Inquiry,
            deal.Owner ?? quotation.OfferedBy,
            deal.Qualification.Region));
        story.Deal = deal with { Order = order };
        story.MoveTo(Stage.Ordered, StaffId.System, $"Order {order.Number} confirmed: {order.Total}", order.PaymentTerms);
        if (quotation.Draft.DiscountPercent > 0)
        {
            story.Count(FactKind.DiscountGiven, quotation.Discount, quotation.Draft.DiscountPercent);
        }

        return true;
    }

    /// <summary>Checks credit and, where the rules say so, asks for approval.</summary>
    /// <param name="before">A refusal that stands until what was asked has changed.</param>
    /// <returns>The refusal; null when credit is clear or the deal was given up.</returns>
    public static async Task<CreditRefusal?> ClearAsync(
        DealStory story,
        Money total,
        IReadOnlyList<Instalment> instalments,
        CreditCheckPoint point,
        CreditRefusal? before,
        Action<GivenUp> givenUp)
    {
        var input = new CreditInput(story.Deal.Id, story.Deal.Qualification!.Customer, total, instalments, point);
        var decision = await CheckCredit.CallAsync(story.Context, input);
        var reasons = string.Join("; ", decision.Reasons);
        if (decision.Outcome == CreditOutcome.Cleared)
        {
            story.Note(StaffId.System, "Credit check passed", reasons);
            return null;
        }

        if (before is not null && IsAsBefore(decision, before.Decision))
        {
            return before;
        }

        story.Note(StaffId.System, "Credit approval asked for", reasons);
        var request = CreditApproval.For(story, decision, total);
        var waiting = new Waiting("credit approval", "approver", story.Now, Until: null, Then: null);
        var outcome = await story.DecideAsync(request, waiting, givenUp);
        if (outcome is not { Verdict: ApprovalVerdict.Approved })
        {
            return outcome is null ? null : new CreditRefusal(outcome, decision);
        }

        await GrantCredit.CallAsync(story.Context, new GrantInput(story.Deal.Id, input.Customer, decision.Exposure.Total));
        story.Note(outcome.DecidedBy, "Credit approved", outcome.Comment);
        return null;
    }

    private static bool IsAsBefore(CreditDecision now, CreditDecision before) =>
        now.Exposure == before.Exposure && now.Limit == before.Limit && now.Reasons.SequenceEqual(before.Reasons);
}

using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Orders;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>From the buyer's yes to a confirmed order: the credit check stands between.</summary>
internal static class Ordering
{
    /// <summary>Confirms the order, or sends the deal back to negotiation, or ends it.</summary>
    /// <returns>Whether there is an order.</returns>
    public static async Task<bool> ConfirmAsync(DealStory story, Negotiation negotiation)
    {
        var quotation = story.Deal.Quotation!;
        var instalments = await PlanOrder.CallAsync(story.Context, new PlanOrderInput(story.Deal.Id, quotation));
        var refusal = await ClearAsync(story, quotation.Total, instalments, CreditCheckPoint.Order, given => Intake.GiveUp(story, given));
        if (story.Deal.HasEnded)
        {
            return false;
        }

        if (refusal is not null)
        {
            negotiation.Reopen(refusal.DecidedBy, refusal.Comment ?? "Credit was not granted: offer other payment terms");
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
    /// <returns>The outcome that refused; null when credit is clear or the deal was given up.</returns>
    public static async Task<ApprovalOutcome?> ClearAsync(
        DealStory story,
        Money total,
        IReadOnlyList<Instalment> instalments,
        CreditCheckPoint point,
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

        story.Note(StaffId.System, "Credit approval asked for", reasons);
        var request = CreditApproval.For(story, decision, total);
        var waiting = new Waiting("credit approval", "approver", story.Now, Until: null, Then: null);
        var outcome = await story.DecideAsync(request, waiting, givenUp);
        if (outcome is not { Verdict: ApprovalVerdict.Approved })
        {
            return outcome;
        }

        await GrantCredit.CallAsync(story.Context, new GrantInput(story.Deal.Id, input.Customer, decision.Exposure.Total));
        story.Note(outcome.DecidedBy, "Credit approved", outcome.Comment);
        return null;
    }
}

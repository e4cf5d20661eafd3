using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Facts;
using Workflows.Orders;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>Credit that was not granted.</summary>
/// <param name="Decision">What was asked: the same again is not asked twice.</param>
internal sealed record CreditRefusal(ApprovalOutcome Outcome, CreditDecision Decision);

/// <summary>From the buyer's yes to a confirmed order: the credit check stands between.</summary>
internal static class Ordering
{
    /// <summary>Confirms the order, or sends the deal back to negotiation, or ends it.</summary>
    /// <returns>The order's invoices; null when there is no order.</returns>
    public static async Task<IReadOnlyList<Invoice>?> ConfirmAsync(DealProcess process, Negotiation negotiation)
    {
        var confirmed = await ConfirmOrder.CallAsync(process.Context, InputOf(process.Deal, granted: null));
        var (total, credit) = (process.Deal.Quotation!.Total, confirmed.Credit!);
        var refusal = await ClearAsync(process, total, credit, before: null, given => Intake.GiveUp(process, given));
        if (process.Deal.HasEnded)
        {
            return null;
        }

        if (refusal is not null)
        {
            negotiation.Reopen(
                refusal.Outcome.DecidedBy,
                refusal.Outcome.Comment ?? "Credit was not granted: offer other payment terms");
            return null;
        }

        if (confirmed.Order is null)
        {
            confirmed = await ConfirmOrder.CallAsync(process.Context, InputOf(process.Deal, confirmed.Instalments));
        }

        Take(process, confirmed);
        return confirmed.Invoices;
    }

    /// <summary>Checks credit before the goods leave.</summary>
    /// <inheritdoc cref="ClearAsync"/>
    public static async Task<CreditRefusal?> ClearShipmentAsync(
        DealProcess process, CreditRefusal? before, Action<GivenUp> givenUp)
    {
        var order = process.Deal.Order!;
        var decision = await CheckCredit.CallAsync(process.Context, new CreditInput(
            process.Deal.Id,
            process.Deal.Qualification!.Customer,
            order.Total,
            order.Instalments,
            CreditCheckPoint.Shipment));
        return await ClearAsync(process, order.Total, decision, before, givenUp);
    }

    private static ConfirmOrderInput InputOf(Deal deal, IReadOnlyList<Instalment>? granted) => new(
        deal.Id,
        deal.Qualification!.Customer,
        deal.Quotation!,
        deal.Accepted!.PurchaseOrder,
        deal.Inquiry,
        deal.Owner ?? deal.Quotation!.OfferedBy,
        deal.Qualification.Region,
        granted);

    private static void Take(DealProcess process, ConfirmedOrder confirmed)
    {
        var (quotation, order, invoices) = (process.Deal.Quotation!, confirmed.Order!, confirmed.Invoices);
        process.Deal = process.Deal with { Order = order };
        process.MoveTo(
            Stage.Ordered, StaffId.System, $"Order {order.Number} confirmed: {order.Total}", order.PaymentTerms);
        if (quotation.Draft.DiscountPercent > 0)
        {
            process.Count(FactKind.DiscountGiven, quotation.Discount, quotation.Draft.DiscountPercent);
        }

        process.Deal = process.Deal with { Invoices = [.. invoices.Select(invoice => invoice.Id)] };
        process.Note(
            StaffId.System,
            $"{invoices.Count} invoices by {order.PaymentTerms}",
            string.Join("; ", invoices.Select(invoice => $"{invoice.Name} {invoice.Amount}")));
    }

    /// <summary>Takes what the credit rule says and, where it says so, asks for approval.</summary>
    /// <param name="before">A refusal that stands until what was asked has changed.</param>
    /// <returns>The refusal; null when credit is clear or the deal was given up.</returns>
    private static async Task<CreditRefusal?> ClearAsync(
        DealProcess process, Money total, CreditDecision decision, CreditRefusal? before, Action<GivenUp> givenUp)
    {
        var reasons = string.Join("; ", decision.Reasons);
        if (decision.Outcome == CreditOutcome.Cleared)
        {
            process.Note(StaffId.System, "Credit check passed", reasons);
            return null;
        }

        if (before is not null && IsAsBefore(decision, before.Decision))
        {
            return before;
        }

        process.Note(StaffId.System, "Credit approval asked for", reasons);
        var request = CreditApproval.For(process.Deal, process.NextApprovalId(), decision, total);
        var waiting = new Waiting("credit approval", "approver", process.Now, Until: null, Then: null);
        var outcome = await process.DecideAsync(request, waiting, givenUp);
        if (outcome is not { Verdict: ApprovalVerdict.Approved })
        {
            return outcome is null ? null : new CreditRefusal(outcome, decision);
        }

        await GrantCredit.CallAsync(process.Context, new GrantInput(
            process.Deal.Id, process.Deal.Qualification!.Customer, decision.Exposure.Total));
        process.Note(outcome.DecidedBy, "Credit approved", outcome.Comment);
        return null;
    }

    private static bool IsAsBefore(CreditDecision now, CreditDecision before) =>
        now.Exposure == before.Exposure && now.Limit == before.Limit && now.Reasons.SequenceEqual(before.Reasons);
}

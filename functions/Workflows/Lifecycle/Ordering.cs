using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Facts;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>Credit that was not granted.</summary>
/// <param name="Decision">What was asked: the same again is not asked twice.</param>
internal sealed record CreditRefusal(ApprovalOutcome Outcome, CreditDecision Decision);

/// <summary>
/// How a credit check ended. Credit is clear when it was neither refused nor the deal given up meanwhile.
/// </summary>
internal sealed record CreditClearance(CreditRefusal? Refusal, GivenUp? GivenUp)
{
    public static CreditClearance Clear { get; } = new(Refusal: null, GivenUp: null);
}

/// <summary>From the buyer's yes to a confirmed order: the credit check stands between.</summary>
internal static class Ordering
{
    /// <summary>Confirms the order, or sends the deal back to negotiation, or ends it.</summary>
    /// <returns>The order's invoices; null when there is no order.</returns>
    public static async Task<IReadOnlyList<Invoice>?> ConfirmAsync(DealProcess process)
    {
        var confirmed = await ConfirmOrder.CallAsync(process.Context, InputOf(process.Deal, granted: null));
        if (confirmed.Instalments.Count == 0)
        {
            process.Apply(Negotiation.Reopen(process.State, process.Now));
            return null;
        }

        var (total, credit) = (process.Deal.Quotation!.Total, confirmed.Credit!);
        var clearance = await ClearAsync(process, total, credit, before: null);
        if (clearance.GivenUp is { } given)
        {
            process.Apply(Intake.GiveUp(process.State, given, process.Now));
            return null;
        }

        if (clearance.Refusal is { Outcome: var refused })
        {
            process.Apply(Negotiation.Reopen(process.State, refused, process.Now));
            return null;
        }

        if (confirmed.Order is null)
        {
            confirmed = await ConfirmOrder.CallAsync(process.Context, InputOf(process.Deal, confirmed.Instalments));
        }

        process.Apply(Decide(process.State, confirmed.Order!, confirmed.Invoices, process.Now));
        return confirmed.Invoices;
    }

    /// <summary>Checks credit before the goods leave.</summary>
    /// <param name="before">A refusal that stands until what was asked has changed; null if there is none.</param>
    public static async Task<CreditClearance> ClearShipmentAsync(DealProcess process, CreditRefusal? before)
    {
        var order = process.Deal.Order!;
        var decision = await CheckCredit.CallAsync(process.Context, new CreditInput(
            process.Deal.Id,
            process.Deal.Qualification!.Customer,
            order.Total,
            order.Instalments,
            CreditCheckPoint.Shipment));
        return await ClearAsync(process, order.Total, decision, before);
    }

    /// <summary>What a confirmed order makes of a deal.</summary>
    public static DealChanges Decide(
        DealState state, Order order, IReadOnlyList<Invoice> invoices, DateTimeOffset now)
    {
        var quotation = state.Deal.Quotation!;
        var changes = new DealChanges(state, now);
        changes.Deal = changes.Deal with { Order = order };
        changes.MoveTo(
            Stage.Ordered, StaffId.System, new OrderPlaced(order.Number, order.Total, order.PaymentTerms));
        if (quotation.Draft.DiscountPercent > 0)
        {
            changes.Count(FactKind.DiscountGiven, key: "", quotation.Discount, quotation.Draft.DiscountPercent);
        }

        changes.Deal = changes.Deal with { Invoices = [.. invoices.Select(invoice => invoice.Id)] };
        changes.Note(StaffId.System, new InvoicesIssued(
            order.PaymentTerms, [.. invoices.Select(invoice => new BilledInstalment(invoice.Name, invoice.Amount))]));
        return changes;
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

    private static async Task<CreditClearance> ClearAsync(
        DealProcess process, Money total, CreditDecision decision, CreditRefusal? before)
    {
        if (decision.Outcome == CreditOutcome.Cleared)
        {
            process.Change(changes => changes.Note(StaffId.System, new CreditPassed(decision.Reasons)));
            return CreditClearance.Clear;
        }

        if (before is not null && IsAsBefore(decision, before.Decision))
        {
            return new CreditClearance(before, GivenUp: null);
        }

        var request = CreditApproval.For(process.Deal, DealNumbering.NextApproval(process.Deal), decision, total);
        process.Change(changes =>
            changes.Note(StaffId.System, new CreditApprovalRequested(request.Id, decision.Reasons)));
        var waiting = new Waiting(
            WaitingFor.CreditApproval, "approver", process.Now, Until: null, Then: null);
        var awaited = await process.AskForApprovalAsync(request, waiting);
        var outcome = awaited.Outcome;
        if (outcome is { Verdict: ApprovalVerdict.Approved } approved)
        {
            if (awaited.GivenUp is null)
            {
                await GrantCredit.CallAsync(process.Context, new GrantInput(
                    process.Deal.Id, process.Deal.Qualification!.Customer, decision.Exposure.Total));
            }

            process.Change(changes =>
                changes.Note(approved.DecidedBy, new CreditApproved(request.Id, approved.Comment)));
        }

        return awaited.GivenUp is { } given ? new CreditClearance(Refusal: null, given)
            : outcome!.Verdict == ApprovalVerdict.Approved ? CreditClearance.Clear
            : new CreditClearance(new CreditRefusal(outcome, decision), GivenUp: null);
    }

    private static bool IsAsBefore(CreditDecision now, CreditDecision before) =>
        now.Exposure == before.Exposure && now.Limit == before.Limit && now.Reasons.SequenceEqual(before.Reasons);
}

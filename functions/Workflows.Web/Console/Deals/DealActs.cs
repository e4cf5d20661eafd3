using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Console.Shell;
using Workflows.Web.Keys;

namespace Workflows.Web.Console.Deals;

/// <summary>
/// What a reader can do with a deal now: what their role allows and the deal would not refuse. The same rules are asked
/// again when they do it.
/// </summary>
/// <param name="Milestones">Those that may be recorded now.</param>
/// <param name="Payable">Invoices on which something is open.</param>
public sealed record DealActs(
    bool Reply,
    bool Quote,
    bool Answer,
    bool HandOver,
    bool GiveUp,
    IReadOnlyList<MilestoneKind> Milestones,
    IReadOnlyList<Invoice> Payable)
{
    /// <summary>Whether there is anything.</summary>
    public bool Any => Reply || Quote || Answer || HandOver || GiveUp || Milestones.Count > 0 || Payable.Count > 0;

    internal static DealActs For(Deal deal, IReadOnlyList<Invoice> invoices, Viewer viewer)
    {
        var sales = viewer.May(Access.Sales);
        return new DealActs(
            Reply: sales && deal.Owner is not null && Takes(new Replied("", Nobody, "mail")),
            Quote: sales && Takes(new QuotationOffered("", Nobody, Draft: null!)),
            Answer: sales && deal.Quotation is { } quotation
                && Takes(new BuyerAnswered("", Nobody, new BuyerAnswer(BuyerAnswerKind.Accepted, quotation.Number, null, null, null))),
            HandOver: viewer.May(Access.Managers) && Takes(new HandedOver("", Nobody, Nobody, "")),
            GiveUp: sales && Takes(new GivenUp("", Nobody, "")),
            viewer.May(Access.Operations) && deal.Order is not null
                ? [.. Enum.GetValues<MilestoneKind>().Where(kind => Takes(new MilestoneReached("", Nobody, new Milestone(kind, default, null))))]
                : [],
            viewer.May(Access.Finance) ? [.. invoices.Where(invoice => !invoice.IsSettled)] : []);

        bool Takes(DealSignal signal) => DealRules.Refusal(deal, signal, viewer.Now) is null;
    }

    // The rules look at the act, not at who does it.
    private static StaffId Nobody => new("-");
}

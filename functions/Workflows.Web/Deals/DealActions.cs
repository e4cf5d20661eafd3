using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Layout;

namespace Workflows.Web.Deals;

/// <summary>
/// What a reader can do with a deal now: what their role allows and the deal would not refuse. The same rules are asked
/// again when they do it.
/// </summary>
/// <param name="Milestones">Those that may be recorded now.</param>
/// <param name="Payable">Invoices on which something is open.</param>
public sealed record DealActions(
    bool Reply,
    bool Quote,
    bool Answer,
    bool HandOver,
    bool GiveUp,
    bool Discard,
    bool Reinstate,
    IReadOnlyList<MilestoneKind> Milestones,
    IReadOnlyList<Invoice> Payable)
{
    /// <summary>Nothing: the deal is another's.</summary>
    public static DealActions None { get; } = new(
        false, false, false, false, false, false, false, [], []);

    /// <summary>Whether there is anything.</summary>
    public bool Any =>
        Reply || Quote || Answer || HandOver || GiveUp || Discard || Reinstate || Milestones.Count > 0
        || Payable.Count > 0;

    internal static DealActions For(Deal deal, IReadOnlyList<Invoice> invoices, PageContext pageContext)
    {
        return new DealActions(
            Reply: pageContext.May(Permissions.RecordReply) && deal.Owner is not null
                && Takes(new Replied("", Nobody, "mail")),
            Quote: pageContext.May(Permissions.Quote) && Takes(new QuotationOffered("", Nobody, Draft: null!)),
            Answer: pageContext.May(Permissions.RecordAnswer) && deal.Quotation is { } quotation
                && Takes(new BuyerAnswered(
                    "", Nobody, new BuyerAnswer(BuyerAnswerKind.Accepted, quotation.Number, null, null, null))),
            HandOver: pageContext.May(Permissions.HandOver) && Takes(new HandedOver("", Nobody, Nobody, "")),
            GiveUp: pageContext.May(Permissions.GiveUp) && Takes(new GivenUp("", Nobody, "")),
            Discard: pageContext.May(Permissions.Discard) && Takes(new Discarded("", Nobody, "")),
            Reinstate: pageContext.May(Permissions.Reinstate) && Takes(new Reinstated("", Nobody, "")),
            pageContext.May(Permissions.RecordMilestone) && deal.Order is not null
                ? [.. Enum.GetValues<MilestoneKind>().Where(kind =>
                    Takes(new MilestoneReached("", Nobody, new Milestone(kind, default, null))))]
                : [],
            pageContext.May(Permissions.TakePayments) ? [.. invoices.Where(invoice => !invoice.IsSettled)] : []);

        bool Takes(DealSignal signal) => DealRules.Refusal(deal, signal, pageContext.Now) is null;
    }

    // The rules look at the act, not at who does it.
    private static StaffId Nobody => new("-");
}

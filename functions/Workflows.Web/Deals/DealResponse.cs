using Workflows.Approvals;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Web.Deals;

/// <summary>One deal with all that belongs to it.</summary>
/// <param name="Stage">Where it stands; Paid, Lost, Rejected, Cancelled and WrittenOff are ends.</param>
/// <param name="Quotation">The present version of the offer: what the buyer holds while that stands.</param>
/// <param name="Unsent">
/// A newer version that waits for its approval or was refused, while the buyer may accept the one before; null if none.
/// </param>
/// <param name="Approvals">What was asked for it, oldest first.</param>
/// <param name="Invoices">One per instalment.</param>
/// <param name="Waiting">What it waits for now; null when it is at work or has ended.</param>
/// <param name="Timeline">What happened last, oldest first; at most 100 entries.</param>
/// <param name="TimelineNext">
/// For the query parameter <c>cursor</c> of the deal's timeline: what happened before; null when that was all.
/// </param>
internal sealed record DealResponse(
    DealId Id,
    Stage Stage,
    Inquiry Inquiry,
    Qualification? Qualification,
    StaffId? Owner,
    string? OwnerReason,
    StaffId? Manager,
    DateTimeOffset? FirstHumanReplyAt,
    Quotation? Quotation,
    QuotationStatus? QuotationStatus,
    UnsentQuotation? Unsent,
    Order? Order,
    IReadOnlyList<Milestone> Milestones,
    IReadOnlyList<HoldLine> Holds,
    IReadOnlyList<ApprovalFile> Approvals,
    IReadOnlyList<Invoice> Invoices,
    WaitingLine? Waiting,
    string? EndReason,
    string PolicyVersion,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<TimelineLine> Timeline,
    string? TimelineNext);

/// <summary>What a deal waits for, in words.</summary>
/// <param name="For">What.</param>
/// <param name="Whom">Who must act: the id of a person, or <c>buyer</c>, <c>approver</c> and the like.</param>
/// <param name="Until">Null is without end.</param>
/// <param name="Then">What happens when the time is up; null when nothing does.</param>
internal sealed record WaitingLine(
    string For, string Whom, DateTimeOffset Since, DateTimeOffset? Until, string? Then)
{
    public static WaitingLine? Of(Waiting? waiting) => waiting is null ? null : new WaitingLine(
        DealText.For(waiting),
        waiting.Whom,
        waiting.Since,
        waiting.Until,
        waiting.Then is { } then ? DealText.Then(then) : null);
}

/// <summary>A milestone that must not happen yet, and why.</summary>
internal sealed record HoldLine(MilestoneKind Milestone, string Reason);

/// <summary>One row of a deal's timeline, in words.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Stage">The stage it left the deal in.</param>
/// <param name="What">One line.</param>
/// <param name="Why">The reason, when there is one to give.</param>
/// <param name="PolicyVersion">What it was decided under.</param>
internal sealed record TimelineLine(
    int Number, StaffId Who, DateTimeOffset When, Stage Stage, string What, string? Why, string PolicyVersion)
{
    public static TimelineLine Of(TimelineEntry entry, TimeZoneInfo zone) => new(
        entry.Number,
        entry.Who,
        entry.When,
        entry.Stage,
        DealEventText.What(entry.What, zone),
        DealEventText.Why(entry.What, zone),
        entry.PolicyVersion);
}

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
/// <param name="Quotation">The present version of the offer.</param>
/// <param name="Approvals">What was asked for it, oldest first.</param>
/// <param name="Invoices">One per instalment.</param>
/// <param name="Waiting">What it waits for now; null when it is at work or has ended.</param>
/// <param name="Timeline">What happened, oldest first.</param>
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
    Order? Order,
    IReadOnlyList<Milestone> Milestones,
    IReadOnlyList<Hold> Holds,
    IReadOnlyList<ApprovalFile> Approvals,
    IReadOnlyList<Invoice> Invoices,
    Waiting? Waiting,
    string? EndReason,
    string PolicyVersion,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<TimelineLine> Timeline);

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

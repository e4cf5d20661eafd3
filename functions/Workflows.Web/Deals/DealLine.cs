using Workflows.Lifecycle;
using Workflows.Trade;

namespace Workflows.Web.Deals;

/// <summary>A deal in a list.</summary>
/// <param name="Value">The order's total, or else the offer's; null before.</param>
/// <param name="Waiting">What it waits for now; null when it is at work or has ended.</param>
internal sealed record DealLine(
    DealId Id,
    Stage Stage,
    string Buyer,
    string? Company,
    string? Country,
    string Platform,
    string Product,
    int? Score,
    StaffId? Owner,
    CustomerId? Customer,
    Money? Value,
    WaitingLine? Waiting,
    DateTimeOffset ReceivedAt,
    DateTimeOffset UpdatedAt)
{
    public static DealLine Of(DealSummary deal) => new(
        deal.Id,
        deal.Stage,
        deal.Buyer,
        deal.Company,
        deal.Country,
        deal.Platform,
        deal.Product,
        deal.Score,
        deal.Owner,
        deal.Customer,
        deal.Value,
        WaitingLine.Of(deal.Waiting),
        deal.ReceivedAt,
        deal.UpdatedAt);
}

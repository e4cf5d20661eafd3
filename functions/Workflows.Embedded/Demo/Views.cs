using System.Globalization;
using Workflows.Trade;

namespace Workflows.Embedded.Demo;

// What the demo's people see of the server: only what its API says, and only the parts they look at.

internal sealed record Listed<T>(IReadOnlyList<T> Items, string? Next);

internal sealed record DealCard(string Id, string Stage, DateTimeOffset UpdatedAt);

internal sealed record DealView(
    string Id,
    string Stage,
    InquiryView Inquiry,
    string? Owner,
    string? Manager,
    DateTimeOffset? FirstHumanReplyAt,
    QuotationView? Quotation,
    string? QuotationStatus,
    IReadOnlyList<MilestoneView> Milestones,
    IReadOnlyList<HoldView> Holds,
    IReadOnlyList<InvoiceView> Invoices,
    string? EndReason,
    IReadOnlyList<TimelineView> Timeline)
{
    public bool HasEnded => Stage is "Paid" or "Lost" or "Rejected" or "Cancelled" or "WrittenOff";

    public string Buyer => Inquiry.Buyer.Company ?? Inquiry.Buyer.Name;

    /// <summary>When it last changed its stage, or had a line of that beginning.</summary>
    public DateTimeOffset? Since(Func<TimelineView, bool> line) => Timeline.LastOrDefault(line)?.When;

    public bool Has(string milestone) => Milestones.Any(reached => reached.Kind == milestone);

    public bool IsHeld(string milestone) => Holds.Any(hold => hold.Milestone == milestone);
}

internal sealed record InquiryView(
    string Platform, string PlatformInquiryId, BuyerView Buyer, IReadOnlyList<ProductView> Products,
    PlaceView? Delivery);

internal sealed record BuyerView(string Name, string? Company, string? Country);

internal sealed record ProductView(string? Sku, string Name, decimal? Quantity);

internal sealed record PlaceView(string Term, string Place);

internal sealed record QuotationView(
    string Number, int Version, Money Total, DraftView Draft, DateTimeOffset OfferedAt);

internal sealed record DraftView(decimal DiscountPercent, string PaymentTerms);

internal sealed record MilestoneView(string Kind, DateOnly Date);

internal sealed record HoldView(string Milestone, string Reason);

internal sealed record TimelineView(
    int Number, string Who, DateTimeOffset When, string Stage, string What, string? Why);

internal sealed record InvoiceView(
    string Id,
    string Number,
    string Name,
    Money Amount,
    Money Open,
    string Status,
    string Basis,
    string? Gates,
    DateOnly? Due,
    int? DunningLevel,
    IReadOnlyList<MovementView> Movements)
{
    public bool IsOwed => Due is not null && Status is "Open" or "Overdue" or "PartPaid";
}

internal sealed record MovementView(string Kind, Money Amount);

internal sealed record ApprovalView(
    string Id, string Deal, string Kind, string Subject, string? Waits, DateTimeOffset? Until);

internal sealed record MailView(string Id, string Kind, string Subject, string Text)
{
    /// <summary>The link to decide by, if the mail has one.</summary>
    public Uri? DecisionLink()
    {
        const string path = "/api/approvals/";
        var at = Text.IndexOf(path, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var start = Text.LastIndexOf("http", at, StringComparison.Ordinal);
        var end = at + path.Length;
        while (end < Text.Length && (char.IsAsciiLetterOrDigit(Text[end]) || Text[end] is '-' or '_'))
        {
            end++;
        }

        return new Uri(Text[start..end]);
    }
}

/// <summary>How the demo writes amounts and days for machines.</summary>
internal static class Written
{
    public static object Of(decimal amount, Currency currency) => new
    {
        amount = decimal.Round(amount, currency.MinorUnits, MidpointRounding.AwayFromZero)
            .ToString("F" + currency.MinorUnits, CultureInfo.InvariantCulture),
        currency = currency.Code,
    };

    public static object Of(Money money) => Of(money.Amount, money.Currency);
}

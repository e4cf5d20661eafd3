using System.Globalization;
using Workflows.Trade;

namespace Workflows.Embedded.Demo;

// What the demo's people see of the server: only what its API says, and only the parts they look at.

internal sealed record ApiList<T>(IReadOnlyList<T> Items, string? Next);

internal sealed record ApiDealSummary(string Id, string Stage, DateTimeOffset UpdatedAt);

internal sealed record ApiDeal(
    string Id,
    string Stage,
    ApiInquiry Inquiry,
    string? Owner,
    string? Manager,
    DateTimeOffset? FirstHumanReplyAt,
    ApiQuotation? Quotation,
    string? QuotationStatus,
    IReadOnlyList<ApiMilestone> Milestones,
    IReadOnlyList<ApiHold> Holds,
    IReadOnlyList<ApiInvoice> Invoices,
    string? EndReason,
    IReadOnlyList<ApiTimelineEntry> Timeline)
{
    public bool HasEnded => Stage is "Paid" or "Lost" or "Rejected" or "Cancelled" or "WrittenOff";

    public string Buyer => Inquiry.Buyer.Company ?? Inquiry.Buyer.Name;

    /// <summary>When it last changed its stage, or had a line of that beginning.</summary>
    public DateTimeOffset? Since(Func<ApiTimelineEntry, bool> line) => Timeline.LastOrDefault(line)?.When;

    public bool Has(string milestone) => Milestones.Any(reached => reached.Kind == milestone);

    public bool IsHeld(string milestone) => Holds.Any(hold => hold.Milestone == milestone);
}

internal sealed record ApiInquiry(
    string Platform, string PlatformInquiryId, ApiBuyer Buyer, IReadOnlyList<ApiProduct> Products,
    ApiPlace? Delivery);

internal sealed record ApiBuyer(string Name, string? Company, string? Country);

internal sealed record ApiProduct(string? Sku, string Name, decimal? Quantity);

internal sealed record ApiPlace(string Term, string Place);

internal sealed record ApiQuotation(
    string Number, int Version, Money Total, ApiDraft Draft, DateTimeOffset OfferedAt);

internal sealed record ApiDraft(decimal DiscountPercent, string PaymentTerms);

internal sealed record ApiMilestone(string Kind, DateOnly Date);

internal sealed record ApiHold(string Milestone, string Reason);

internal sealed record ApiTimelineEntry(
    int Number, string Who, DateTimeOffset When, string Stage, string What, string? Why);

internal sealed record ApiInvoice(
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
    IReadOnlyList<ApiMovement> Movements)
{
    public bool IsOwed => Due is not null && Status is "Open" or "Overdue" or "PartPaid";
}

internal sealed record ApiMovement(string Kind, Money Amount);

internal sealed record ApiApproval(
    string Id, string Deal, string Kind, string Subject, string? Waits, DateTimeOffset? Until);

internal sealed record ApiMail(string Id, string Kind, string Subject, string Text)
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

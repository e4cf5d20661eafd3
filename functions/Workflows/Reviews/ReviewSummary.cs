using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>What a list says of a review; the rest is in the review itself. Money is in the base currency.</summary>
/// <param name="Month">As <c>yyyy-MM</c>, in the company's zone.</param>
/// <param name="IsProvisional">The month was not over when it was counted.</param>
/// <param name="ValidInquiries">Inquiries received less spam and duplicates.</param>
/// <param name="ConversionPercent">Orders won of valid inquiries, both of the month; null without inquiries.</param>
/// <param name="Best">Highest order value won; null when nobody won an order.</param>
/// <param name="RanAt">When the figures were last counted, UTC.</param>
/// <param name="By">Who asked for that.</param>
/// <param name="ChangedAt">When a run last found other figures than before, UTC.</param>
public sealed record ReviewSummary(
    string Month,
    bool IsProvisional,
    int ValidInquiries,
    decimal? ConversionPercent,
    int OrdersWon,
    Money OrderValue,
    BestSalesperson? Best,
    DateTimeOffset RanAt,
    StaffId By,
    DateTimeOffset ChangedAt)
{
    /// <summary>The summary of a review.</summary>
    public static ReviewSummary Of(KeptReview kept)
    {
        var (report, total) = (kept.Report, kept.Report.Total);
        return new ReviewSummary(
            report.Month, report.IsProvisional, total.Valid, total.PeriodConversionPercent, total.OrdersWon,
            total.WonValue, report.Best, kept.RanAt, kept.By, kept.ChangedAt);
    }
}

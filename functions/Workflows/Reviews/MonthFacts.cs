using Workflows.Calendars;
using Workflows.Facts;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Reviews;

/// <summary>The facts that a review reads: the month's, and those of its inquiries' later fate.</summary>
internal static class MonthFacts
{
    public static ReviewPeriod PeriodOf(string month, DateTimeOffset now, Policy policy) =>
        Month.TryParse(month, out var parsed)
            ? ReviewPeriod.Of(parsed, now, policy.Company.Zone())
            : throw new ArgumentException("A month is written yyyy-MM.", nameof(month));

    public static Task<IReadOnlyList<Fact>> ReadAsync(
        ITableStore tables, ReviewPeriod period, Policy policy, CancellationToken cancellation) =>
        ReadAsync(tables, period.Months(policy.Company.Zone()), cancellation);

    public static async Task<IReadOnlyList<Fact>> ReadAsync(
        ITableStore tables, IReadOnlyList<Month> months, CancellationToken cancellation)
    {
        var facts = new List<Fact>();
        foreach (var month in months)
        {
            facts.AddRange(await FactLog.ReadAsync(tables, month.ToString(), cancellation));
        }

        return facts;
    }
}

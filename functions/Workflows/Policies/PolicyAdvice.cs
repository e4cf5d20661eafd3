using System.Globalization;

namespace Workflows.Policies;

/// <summary>What is allowed in a policy and is likely not meant.</summary>
public static class PolicyAdvice
{
    // Dates of the next year are published by then.
    private const int DaysAhead = 60;

    /// <summary>One sentence for each such thing.</summary>
    /// <param name="today">In the company's zone.</param>
    public static IReadOnlyList<string> Of(Policy policy, DateOnly today)
    {
        var holidays = policy.Company.BusinessHours.Holidays;
        if (holidays.Count == 0)
        {
            return ["/company/businessHours/holidays is empty: clocks and due times run on every holiday."];
        }

        var last = holidays.Max();
        return last >= today.AddDays(DaysAhead) ? [] :
        [
            "/company/businessHours/holidays ends on "
                + last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                + ": after that day every holiday counts as a working day. Add those of the next year.",
        ];
    }
}

using System.Globalization;
using Workflows.Calendars;
using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>What a schema cannot say of a policy: that its parts agree with each other.</summary>
internal static class PolicyRules
{
    /// <summary>Every disagreement, each under the path of the part that is wrong.</summary>
    public static IReadOnlyList<PolicyError> Check(Policy policy) =>
    [
        .. Company(policy),
        .. RegionRules.Check(policy),
        .. StaffRules.Check(policy),
        .. AuthorityRules.Check(policy),
        .. Clocks(policy),
        .. Scoring(policy),
        .. MoneyRules.Check(policy),
        .. DunningRules.Check(policy.Dunning),
    ];

    /// <summary>The values that stand more than once, each with where it stands again.</summary>
    internal static IEnumerable<(int Index, T Value)> Repeated<T>(IEnumerable<T> values)
    {
        var seen = new HashSet<T>();
        var index = 0;
        foreach (var value in values)
        {
            if (!seen.Add(value))
            {
                yield return (index, value);
            }

            index++;
        }
    }

    private static IEnumerable<PolicyError> Company(Policy policy)
    {
        var company = policy.Company;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(company.TimeZone, out _))
        {
            yield return new PolicyError(
                "/company/timeZone", "is no IANA time zone that this machine knows, such as Asia/Shanghai.");
        }

        foreach (var code in company.Rates.Keys.Where(code => !Currency.TryParse(code, out _)))
        {
            yield return new PolicyError($"/company/rates/{code}", "is no ISO 4217 currency in use.");
        }

        if (company.Rates.ContainsKey(company.BaseCurrency.Code))
        {
            yield return new PolicyError(
                $"/company/rates/{company.BaseCurrency}", "The base currency has no rate to itself.");
        }

        if (company.BusinessHours.End <= company.BusinessHours.Start)
        {
            yield return new PolicyError("/company/businessHours/end", "must be after the start.");
        }
    }

    private static IEnumerable<PolicyError> Clocks(Policy policy)
    {
        var response = policy.FirstResponse;
        if (!(response.HotHours <= response.WarmHours && response.WarmHours <= response.ColdHours))
        {
            yield return new PolicyError(
                "/firstResponse/hotHours", "Hot must not wait longer than warm, nor warm longer than cold.");
        }

        if (!(response.NudgeAt < response.EscalateAt && response.EscalateAt < response.ReassignAt))
        {
            yield return new PolicyError(
                "/firstResponse/nudgeAt",
                "The owner is nudged before the manager is told, and told before another takes over.");
        }

        var quotations = policy.Quotations;
        if (quotations.ValidityDays > quotations.MaxValidityDays)
        {
            yield return new PolicyError(
                "/quotations/validityDays", $"must be at most maxValidityDays, {quotations.MaxValidityDays}.");
        }

        if (quotations.ReminderDaysBeforeExpiry >= quotations.ValidityDays)
        {
            yield return new PolicyError(
                "/quotations/reminderDaysBeforeExpiry", $"must be below validityDays, {quotations.ValidityDays}.");
        }

        var approvals = policy.Approvals;
        if (approvals.ReminderHours >= approvals.EscalateHours)
        {
            yield return new PolicyError("/approvals/reminderHours", "A reminder comes before the escalation.");
        }

        if (LongestEscalation(policy) > TimeSpan.FromDays(approvals.LinkDays))
        {
            yield return new PolicyError(
                "/approvals/linkDays",
                "A link must live until the next level is asked: escalateHours of work, over weekends and holidays, "
                    + "are longer.");
        }
    }

    // The wait is longest from a weekend before a holiday, or from an ordinary weekend.
    private static TimeSpan LongestEscalation(Policy policy)
    {
        var company = policy.Company;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(company.TimeZone, out var zone)
            || company.BusinessHours.End <= company.BusinessHours.Start)
        {
            return TimeSpan.Zero;
        }

        var anyDay = new DateOnly(2026, 1, 1);
        return Enumerable.Range(0, 7).Select(anyDay.AddDays)
            .Concat(company.BusinessHours.Holidays.SelectMany(day => Enumerable.Range(-3, 4).Select(day.AddDays)))
            .Select(day => BusinessCalendar.StartOfDay(day, zone))
            .Max(
                start => BusinessCalendar.AddBusinessHours(
                    start, policy.Approvals.EscalateHours, company.BusinessHours, zone) - start);
    }

    private static IEnumerable<PolicyError> Scoring(Policy policy)
    {
        var scoring = policy.Scoring;
        if (!(scoring.RejectBelow <= scoring.WarmFrom && scoring.WarmFrom < scoring.HotFrom))
        {
            yield return new PolicyError(
                "/scoring/hotFrom", "rejectBelow, warmFrom and hotFrom must rise in this order.");
        }

        foreach (var (index, sku) in Repeated(scoring.Products.Select(product => product.Sku.ToUpperInvariant())))
        {
            yield return new PolicyError(
                string.Create(CultureInfo.InvariantCulture, $"/scoring/products/{index}/sku"), $"{sku} stands twice.");
        }
    }
}

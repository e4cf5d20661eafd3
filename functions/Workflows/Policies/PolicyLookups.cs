using Workflows.Calendars;
using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>Questions that every capability asks a policy.</summary>
public static class PolicyLookups
{
    /// <summary>The company's zone.</summary>
    public static TimeZoneInfo Zone(this CompanyPolicy company) => BusinessCalendar.Zone(company.TimeZone);

    /// <summary>The day of a moment in the company's zone.</summary>
    public static DateOnly DayOf(this CompanyPolicy company, DateTimeOffset moment) =>
        BusinessCalendar.DayOf(moment, company.Zone());

    /// <summary>A member of staff, or null for ids that the policy does not name.</summary>
    public static StaffMember? FindStaff(this Policy policy, StaffId id) =>
        policy.Staff.FirstOrDefault(member => member.Id == id);

    /// <summary>A person's name for readers; the id when the policy does not name them.</summary>
    public static string NameOf(this Policy policy, StaffId id) => policy.FindStaff(id)?.Name ?? id.Value;

    /// <summary>The region of a country; the region of <c>*</c> when none names it.</summary>
    public static RegionPolicy RegionOf(this Policy policy, string? country) =>
        policy.Regions.FirstOrDefault(region => country is not null && region.Countries.Contains(country))
        ?? policy.Regions.First(region => region.Countries.Contains("*"));

    /// <summary>What the policy says of the calendar of a country's buyers; null when it says nothing.</summary>
    public static CountryCalendarPolicy? CalendarOf(this Policy policy, string? country) =>
        policy.Calendars?.FirstOrDefault(each => each.Country == country);

    /// <summary>
    /// The days off of a country's buyers: as the policy says of the country, as it says of its region, or as the
    /// country has them where the region says no more than Saturday and Sunday.
    /// </summary>
    public static IReadOnlyList<DayOfWeek> WeekendOf(this Policy policy, string? country)
    {
        var region = policy.RegionOf(country).Weekend;
        var isUsual = region is [DayOfWeek.Saturday, DayOfWeek.Sunday] or [DayOfWeek.Sunday, DayOfWeek.Saturday];
        return policy.CalendarOf(country)?.Weekend
            ?? (isUsual ? CountryWeekends.Of(country) ?? region : region);
    }

    /// <summary>Payment terms by their code.</summary>
    public static PaymentTermsPolicy? FindTerms(this Policy policy, string code) =>
        policy.PaymentTerms.FirstOrDefault(terms => terms.Code == code);

    /// <summary>Whether they are away on a day of the company's zone.</summary>
    public static bool IsAway(this StaffMember member, DateOnly day) =>
        member.Absences.Any(absence => absence.From <= day && day <= absence.To);

    /// <summary>Whether a deal can be given to them: they sell, or lead those who do.</summary>
    public static bool TakesDeals(this StaffMember member) => member.Role is StaffRole.Sales or StaffRole.Manager;

    /// <summary>Whether they serve a region.</summary>
    public static bool Serves(this StaffMember member, string region) =>
        member.Regions.Count == 0 || member.Regions.Contains(region);
}

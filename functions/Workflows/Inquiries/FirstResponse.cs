using Workflows.Calendars;
using Workflows.Policies;

namespace Workflows.Inquiries;

/// <summary>The clock of the first response.</summary>
public static class FirstResponse
{
    /// <summary>When to remind, escalate and reassign, in the company's business hours.</summary>
    /// <param name="from">When the clock starts, UTC.</param>
    public static FirstResponsePlan Plan(DateTimeOffset from, Temperature temperature, Policy policy)
    {
        var rule = policy.FirstResponse;
        var hours = temperature switch
        {
            Temperature.Hot => rule.HotHours,
            Temperature.Warm => rule.WarmHours,
            _ => rule.ColdHours,
        };
        var zone = policy.Company.Zone();
        DateTimeOffset After(decimal share) =>
            BusinessCalendar.AddBusinessHours(from, hours * share, policy.Company.BusinessHours, zone);
        return new FirstResponsePlan(After(rule.NudgeAt), After(rule.EscalateAt), After(rule.ReassignAt));
    }
}

using Workflows.Calendars;
using Workflows.Policies;

namespace Workflows.Inquiries;

/// <summary>A first-response clock that stands while the deal waits for an approver.</summary>
/// <param name="Clock">As it ran before.</param>
/// <param name="Since">When it was stopped, UTC.</param>
public sealed record PausedClock(FirstResponsePlan Clock, DateTimeOffset Since);

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

    /// <summary>
    /// A clock that runs on: what was left of the working time when it was stopped is left again. What was over by then
    /// stays over.
    /// </summary>
    /// <param name="now">From when it runs on, UTC.</param>
    public static FirstResponsePlan Resume(PausedClock paused, DateTimeOffset now, Policy policy)
    {
        var (clock, since) = paused;
        var (hours, zone) = (policy.Company.BusinessHours, policy.Company.Zone());
        DateTimeOffset Later(DateTimeOffset due) => due <= since
            ? due
            : BusinessCalendar.AddBusinessHours(
                now, BusinessCalendar.BusinessHoursBetween(since, due, hours, zone), hours, zone);
        return new FirstResponsePlan(Later(clock.NudgeAt), Later(clock.EscalateAt), Later(clock.ReassignAt));
    }
}

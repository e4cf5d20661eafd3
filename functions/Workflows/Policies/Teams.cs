using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>Who leads whom, and who stands in for whom, as the staff list says it.</summary>
public static class Teams
{
    /// <summary>
    /// Who leads a person directly: the one whom the staff list names, or else every manager who shares a region with
    /// them. Managers are led by directors in the same way.
    /// </summary>
    public static IReadOnlyList<StaffMember> LeadersOf(this Policy policy, StaffMember member) =>
        member.Manager is { } named
            ? [.. policy.Staff.Where(other => other.Id == named)]
            : [.. policy.Staff.Where(other => other.Role == LeadingRole(member.Role) && SharesRegion(other, member))];

    /// <summary>Whether two people have a leader in common, or the one leads the other, directly or not.</summary>
    public static bool AreOfOneTeam(this Policy policy, StaffMember member, StaffMember other)
    {
        var leaders = policy.LeadersOf(other);
        return policy.LeadersOf(member).Intersect(leaders).Any() || IsAbove(policy, member, leaders);
    }

    /// <summary>
    /// Who acts for a person: themselves while they are there, else their deputy, who passes it on while away too; null
    /// when nobody of them is there.
    /// </summary>
    /// <param name="today">In the company's zone.</param>
    public static StaffMember? StandInOf(this Policy policy, StaffMember member, DateOnly today)
    {
        // A circle of absent people ends it.
        var seen = new HashSet<StaffId>();
        var person = member;
        while (person is not null && person.IsAway(today))
        {
            person = seen.Add(person.Id) && person.Deputy is { } deputy ? policy.FindStaff(deputy) : null;
        }

        return person;
    }

    private static bool IsAbove(Policy policy, StaffMember member, IReadOnlyList<StaffMember> leaders)
    {
        // A staff list may name two people as each other's manager.
        var seen = new HashSet<StaffId>();
        while (leaders.Count > 0)
        {
            if (leaders.Contains(member))
            {
                return true;
            }

            leaders = [.. leaders.Where(leader => seen.Add(leader.Id)).SelectMany(policy.LeadersOf)];
        }

        return false;
    }

    private static StaffRole? LeadingRole(StaffRole role) => role switch
    {
        StaffRole.Director => null,
        StaffRole.Manager => StaffRole.Director,
        _ => StaffRole.Manager,
    };

    private static bool SharesRegion(StaffMember one, StaffMember other) =>
        one.Regions.Count == 0 || other.Regions.Count == 0 || one.Regions.Intersect(other.Regions).Any();
}

using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>Whose a deal, an invoice or a customer is now.</summary>
/// <param name="Owner">Null while nobody has it.</param>
/// <param name="Region">Policy region of the buyer's country.</param>
public sealed record RowOwner(StaffId? Owner, string Region)
{
    /// <summary>The owner of what a buyer of a country is concerned with.</summary>
    /// <param name="country">ISO 3166-1 alpha-2; null is unknown.</param>
    public static RowOwner Of(Policy policy, StaffId? owner, string? country) =>
        new(owner, policy.RegionOf(country).Id);
}

/// <summary>Whether a row is within a person's reach. Pure: the policy of now, the owner of now.</summary>
public static class VisibilityRule
{
    /// <summary>
    /// Whether a scope of a person holds a row. A person whom the staff list does not name owns nothing.
    /// </summary>
    /// <param name="today">In the company's zone.</param>
    public static bool Covers(Policy policy, RowScope scope, StaffId person, RowOwner row, DateOnly today) =>
        scope == RowScope.All
        || (policy.FindStaff(person) is { } member
            && (IsOwn(policy, member, row, today) || scope switch
            {
                RowScope.Team => IsOfTeam(policy, member, row),
                RowScope.Region => member.Serves(row.Region),
                _ => false,
            }));

    private static bool IsOwn(Policy policy, StaffMember member, RowOwner row, DateOnly today) =>
        row.Owner is { } owner
        && (owner == member.Id
            || (policy.FindStaff(owner) is { } absent && policy.StandInOf(absent, today)?.Id == member.Id));

    // What nobody has, or what a person who has left still has, waits for those who lead its region.
    private static bool IsOfTeam(Policy policy, StaffMember member, RowOwner row) =>
        row.Owner is { } id && policy.FindStaff(id) is { } owner
            ? policy.AreOfOneTeam(member, owner)
            : member.Role is StaffRole.Manager or StaffRole.Director && member.Serves(row.Region);
}

using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>Who is asked.</summary>
/// <param name="DelegateFor">Whose deputy they are in this; null if asked for themselves.</param>
public sealed record Approver(StaffId Staff, StaffId? DelegateFor);

/// <summary>
/// Who of a role decides: those of the region first, their deputies while they are away. Whoever is barred neither
/// decides nor lends a deputy their right.
/// </summary>
public static class ApproverRule
{
    /// <summary>Chooses an approver; null when the role has nobody who may decide now.</summary>
    /// <param name="barred">Who must not decide, such as the requester.</param>
    /// <param name="today">In the company's zone.</param>
    public static Approver? Choose(
        Policy policy, StaffRole role, string region, IReadOnlyCollection<StaffId> barred, DateOnly today) =>
        InOrder(policy, role, region, barred)
            .Select(member => DeputyOf(policy, member, barred, today))
            .FirstOrDefault(approver => approver is not null);

    /// <summary>
    /// As <see cref="Choose"/>, but a person who is away is asked too, for when nobody else is left: the mail waits for
    /// them.
    /// </summary>
    public static Approver? ChooseEvenIfAway(
        Policy policy, StaffRole role, string region, IReadOnlyCollection<StaffId> barred) =>
        InOrder(policy, role, region, barred)
            .Select(member => new Approver(member.Id, DelegateFor: null))
            .FirstOrDefault();

    /// <summary>
    /// Who is notified of trouble in a region: its manager or their deputy, else a director, else the first person of
    /// staff.
    /// </summary>
    public static StaffId ManagerOf(Policy policy, string region, DateOnly today) =>
        (Choose(policy, StaffRole.Manager, region, barred: [], today)
            ?? Choose(policy, StaffRole.Director, region, barred: [], today))?.Staff
        ?? policy.Staff[0].Id;

    private static IEnumerable<StaffMember> InOrder(
        Policy policy, StaffRole role, string region, IReadOnlyCollection<StaffId> barred) => policy.Staff
        .Where(member => member.Role == role && !barred.Contains(member.Id))
        .OrderByDescending(member => member.Regions.Contains(region))
        .ThenByDescending(member => member.Serves(region));

    private static Approver? DeputyOf(
        Policy policy, StaffMember member, IReadOnlyCollection<StaffId> barred, DateOnly today) =>
        policy.StandInOf(member, today) is { } person && !barred.Contains(person.Id)
            ? new Approver(person.Id, person == member ? null : member.Id)
            : null;
}

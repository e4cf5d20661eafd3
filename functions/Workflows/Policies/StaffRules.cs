using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>Staff are known, reachable, and enough to do the work.</summary>
internal static class StaffRules
{
    public static IEnumerable<PolicyError> Check(Policy policy)
    {
        foreach (var (index, id) in PolicyRules.Repeated(policy.Staff.Select(member => member.Id)))
        {
            yield return new PolicyError($"/staff/{index}/id", $"{id} stands twice.");
        }

        // A link in a mail decides for the person whom it is for: a mailbox that two share is decided from by either.
        foreach (var (index, address) in PolicyRules.Repeated(policy.Staff.Select(member => AddressOf(member))))
        {
            var first = policy.Staff.First(member => AddressOf(member) == address);
            yield return new PolicyError(
                $"/staff/{index}/email", $"is {first.Id}'s too: each person has an address of their own.");
        }

        for (var i = 0; i < policy.Staff.Count; i++)
        {
            foreach (var error in Check(policy, policy.Staff[i], $"/staff/{i}"))
            {
                yield return error;
            }
        }

        if (!policy.Staff.Any(member => member is { Role: StaffRole.Sales, MaxOpenDeals: > 0 }))
        {
            yield return new PolicyError("/staff", "Somebody of sales must take deals (maxOpenDeals above 0).");
        }

        foreach (var role in new[] { StaffRole.Manager, StaffRole.Finance })
        {
            if (policy.Staff.All(member => member.Role != role))
            {
                yield return new PolicyError("/staff", $"Somebody must be {role}: they are told of trouble.");
            }
        }
    }

    private static string AddressOf(StaffMember member) => member.Email.Trim().Normalize().ToUpperInvariant();

    private static IEnumerable<PolicyError> Check(Policy policy, StaffMember member, string path)
    {
        if (string.Equals(member.Id.Value, StaffId.System.Value, StringComparison.OrdinalIgnoreCase))
        {
            yield return new PolicyError($"{path}/id", "The id system is the product's own.");
        }

        for (var i = 0; i < member.Regions.Count; i++)
        {
            if (policy.Regions.All(region => region.Id != member.Regions[i]))
            {
                yield return new PolicyError(
                    $"{path}/regions/{i}", $"{member.Regions[i]} is no region of this policy.");
            }
        }

        for (var i = 0; i < member.Absences.Count; i++)
        {
            if (member.Absences[i].To < member.Absences[i].From)
            {
                yield return new PolicyError($"{path}/absences/{i}/to", "must not be before from.");
            }
        }

        if (member.Deputy is { } deputy && (deputy == member.Id || policy.FindStaff(deputy) is null))
        {
            yield return new PolicyError(
                $"{path}/deputy",
                deputy == member.Id ? "Nobody is their own deputy." : $"{deputy} is nobody of this policy.");
        }

        if (member.Manager is { } manager && (manager == member.Id || policy.FindStaff(manager) is null))
        {
            yield return new PolicyError(
                $"{path}/manager",
                manager == member.Id ? "Nobody is their own manager." : $"{manager} is nobody of this policy.");
        }
    }
}

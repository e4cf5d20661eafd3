namespace Workflows.Policies;

/// <summary>Regions share the world out: every country in one, and one that takes the rest.</summary>
internal static class RegionRules
{
    public static IEnumerable<PolicyError> Check(Policy policy)
    {
        foreach (var (index, id) in PolicyRules.Repeated(policy.Regions.Select(region => region.Id)))
        {
            yield return new PolicyError($"/regions/{index}/id", $"{id} stands twice.");
        }

        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < policy.Regions.Count; i++)
        {
            var region = policy.Regions[i];
            for (var j = 0; j < region.Countries.Count; j++)
            {
                if (!owners.TryAdd(region.Countries[j], region.Id))
                {
                    yield return new PolicyError(
                        $"/regions/{i}/countries/{j}",
                        $"{region.Countries[j]} belongs to {owners[region.Countries[j]]} already.");
                }
            }

            if (region.Weekend.Count == 7)
            {
                yield return new PolicyError($"/regions/{i}/weekend", "leaves no working day.");
            }
        }

        foreach (var (index, country) in PolicyRules.Repeated((policy.Calendars ?? []).Select(each => each.Country)))
        {
            yield return new PolicyError($"/calendars/{index}/country", $"{country} stands twice.");
        }

        if (!owners.ContainsKey("*"))
        {
            yield return new PolicyError(
                "/regions", "One region must name the country * and take all that no other names.");
        }
    }
}

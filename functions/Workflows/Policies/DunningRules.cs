namespace Workflows.Policies;

/// <summary>Every customer is on a ladder, and each ladder rises.</summary>
internal static class DunningRules
{
    public static IEnumerable<PolicyError> Check(DunningPolicy dunning)
    {
        if (!dunning.Ladders.ContainsKey("standard"))
        {
            yield return new PolicyError(
                "/dunning/ladders", "\"standard\" is missing: every customer without a segment is on it.");
        }

        foreach (var (segment, rungs) in dunning.Ladders)
        {
            for (var i = 1; i < rungs.Count; i++)
            {
                if (rungs[i].Level <= rungs[i - 1].Level || rungs[i].Day <= rungs[i - 1].Day)
                {
                    yield return new PolicyError(
                        $"/dunning/ladders/{segment}/{i}", "Levels and days must rise from step to step.");
                }
            }
        }
    }
}

using Workflows.Conformance;
using Workflows.Engine;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Tests.Histories;

/// <summary>Where recorded histories lie, and how they get there.</summary>
internal static class Recordings
{
    /// <summary>
    /// Names a folder that the walks are recorded into; without it they are recorded for the test only.
    /// </summary>
    private const string Switch = "WORKFLOWS_RECORD_HISTORIES";

    public static string Folder { get; } = Path.Combine(
        Sources.Root, "tests", "Workflows.Tests", "Histories", "Recorded");

    /// <summary>What is run now.</summary>
    public static DurableCatalog Code => new DurableCatalog().AddAssembly(typeof(Policy).Assembly);

    /// <summary>Where this run's walks go; null is nowhere.</summary>
    public static string? Target =>
        Environment.GetEnvironmentVariable(Switch) is { Length: > 0 } name ? Path.Combine(Folder, name) : null;

    /// <summary>Records every instance of a scenario.</summary>
    public static async Task<int> RecordAsync(Scenario scenario, string folder)
    {
        var count = 0;
        var page = await scenario.Client.QueryAsync(new InstanceQuery { PageSize = 1000 }, scenario.Bound);
        foreach (var instance in page.Items)
        {
            count += HistoryVerifier.Record(scenario.File, folder, instance.InstanceId);
        }

        return count;
    }
}

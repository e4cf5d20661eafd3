namespace Workflows.Azure.Tests.DurableHost;

/// <summary>What host.json says of a hub. Tests look into queues more often, and need one partition.</summary>
/// <param name="Partitions">Control queues.</param>
/// <param name="Concurrent">Activities at once, and orchestrations at once, in one process.</param>
/// <param name="LongestPause">Between two looks into a queue that was empty.</param>
/// <param name="KeepsSessions">
/// Whether an orchestration stays in memory for a while after its turn (extended sessions).
/// </param>
internal sealed record HubSettings(int Partitions, int Concurrent, TimeSpan LongestPause, bool KeepsSessions)
{
    /// <summary>Of the tests.</summary>
    public static HubSettings Quick { get; } = new(
        Partitions: 1, Concurrent: 20, TimeSpan.FromMilliseconds(50), KeepsSessions: false);
}

using Workflows.Engine.Activities;

namespace Workflows.Engine.Instances;

/// <summary>
/// Steps that were running at more than one crash. They run one at a time after a start, those with the fewest crashes
/// first, so that the one which kills the process convicts only itself.
/// </summary>
internal sealed class SuspectLane(InstanceRegistry registry)
{
    // Recovery hands its suspects in within a moment; a step that kills does so soon.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<ActivityRun, int> _waiting = new();

    public void Add(ActivityRun run, int crashes)
    {
        lock (_gate)
        {
            _waiting.Enqueue(run, crashes);
        }
    }

    /// <summary>Runs what has been handed in, one after the other. A step that takes long does not hold up the next for ever.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (!registry.CameFromCrash)
        {
            return;
        }

        await Task.Delay(Gathering, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stopping.IsCancellationRequested && Next() is { } run)
        {
            var finished = run.WhenFinished;
            registry.Post(run.Instance.Id, new SuspectEnvelope(run));
            await finished.WaitAsync(LongestWait, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ActivityRun? Next()
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out var run, out _) ? run : null;
        }
    }
}

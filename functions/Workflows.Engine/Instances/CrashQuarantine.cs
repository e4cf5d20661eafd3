using Workflows.Engine.Activities;

namespace Workflows.Engine.Instances;

/// <summary>
/// Steps that were running at more than one crash. They run one at a time after a start, those with the fewest crashes
/// first, so that the one which kills the process convicts only itself.
/// </summary>
internal sealed class CrashQuarantine(InstanceRegistry registry)
{
    // Recovery hands most of its suspects in within a moment; a step that kills does so soon.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<ActivityRun, int> _waiting = new();
    private CancellationToken _stopping;
    private bool _running;

    /// <summary>The engine has started, and will set the token when it stops.</summary>
    public void Open(CancellationToken stopping)
    {
        lock (_gate)
        {
            _stopping = stopping;
            _running = false;
            _waiting.Clear();
        }
    }

    public void Add(ActivityRun run, int crashes)
    {
        lock (_gate)
        {
            _waiting.Enqueue(run, crashes);
            if (!_running)
            {
                _running = true;
                _ = RunAsync(_stopping);
            }
        }
    }

    /// <summary>Runs what has been handed in, one after the other. A step that takes long does not hold up the next for ever.</summary>
    private async Task RunAsync(CancellationToken stopping)
    {
        await Task.Delay(Gathering, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (Next(stopping) is { } run)
        {
            var finished = run.WhenFinished;
            registry.Post(run.Instance.Id, new QuarantineRelease(run));
            await finished.WaitAsync(LongestWait, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ActivityRun? Next(CancellationToken stopping)
    {
        lock (_gate)
        {
            // One that an earlier start began has no say any more.
            if (stopping != _stopping)
            {
                return null;
            }

            _running = !stopping.IsCancellationRequested && _waiting.Count > 0;
            return _running ? _waiting.Dequeue() : null;
        }
    }
}

using Workflows.Engine.Activities;
using Workflows.Engine.Instances.Messages;

namespace Workflows.Engine.Instances.Scheduling;

/// <summary>
/// Activities that were running at more than one crash. After a start they run one at a time, those with the fewest
/// crashes first, so that the one which kills the process is counted alone, and the others are not blocked for it.
/// </summary>
internal sealed class CrashQuarantine(InstanceRegistry registry)
{
    // Recovery adds most of its activities within a moment; an activity that kills the process does so soon.
    private static readonly TimeSpan CollectionTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<ActivityRun, int> _waiting = new();
    private CancellationToken _stopping;
    private bool _running;

    /// <summary>The engine has started; the token is set when it stops.</summary>
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
                _ = ReleaseAsync(_stopping);
            }
        }
    }

    /// <summary>Releases one after the other. One that runs for long does not hold up the next for ever.</summary>
    private async Task ReleaseAsync(CancellationToken stopping)
    {
        await Task.Delay(CollectionTime, TimeProvider.System, stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (Next(stopping) is { } run)
        {
            var finished = run.WhenFinished;
            registry.Post(run.Instance.Id, new QuarantineRelease(run));
            await finished.WaitAsync(MaxWait, TimeProvider.System, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ActivityRun? Next(CancellationToken stopping)
    {
        lock (_gate)
        {
            // The engine was stopped and started since: this loop belongs to the start before.
            if (stopping != _stopping)
            {
                return null;
            }

            _running = !stopping.IsCancellationRequested && _waiting.Count > 0;
            return _running ? _waiting.Dequeue() : null;
        }
    }
}

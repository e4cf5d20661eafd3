namespace Workflows.Engine.Activities;

/// <summary>Runs activities, up to a number at the same time; the others wait in a queue.</summary>
internal sealed class ActivityPool
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Queue<ActivityRun> _waiting = new();
    private readonly ActivityServices _services;
    private readonly int _maxRunning;
    private TaskCompletionSource? _whenIdle;
    private int _running;
    private bool _stopped;

    public ActivityPool(ActivityServices services, int maxRunning)
    {
        _services = services;
        _maxRunning = maxRunning;
        services.RunLater = run => _ = RunLaterAsync(run);
    }

    public void Open()
    {
        lock (_gate)
        {
            _stopped = false;
            _whenIdle = null;
        }
    }

    /// <summary>Runs an activity now, or as soon as fewer run.</summary>
    /// <param name="run">The activity.</param>
    /// <param name="here">Whether it may run on the calling thread.</param>
    public void Start(ActivityRun run, bool here)
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            if (_running >= _maxRunning)
            {
                _waiting.Enqueue(run);
                return;
            }

            _running++;
        }

        if (here)
        {
            _ = RunAsync(run);
        }
        else
        {
            Queue(run);
        }
    }

    /// <summary>Starts no activity any more. Completes when none runs.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            _waiting.Clear();
            _whenIdle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running == 0)
            {
                _whenIdle.TrySetResult();
            }

            return _whenIdle.Task;
        }
    }

    private async Task RunAsync(ActivityRun run)
    {
        if (run.Instance.TryHoldBack(run))
        {
            run.Finish();
        }
        else
        {
            await run.RunAsync(_services);
        }

        ActivityRun? next;
        lock (_gate)
        {
            if (!_waiting.TryDequeue(out next) && --_running == 0)
            {
                _whenIdle?.TrySetResult();
            }
        }

        if (next is not null)
        {
            Queue(next);
        }
    }

    private void Queue(ActivityRun run) => ThreadPool.UnsafeQueueUserWorkItem(
        static state => _ = state.Pool.RunAsync(state.Run), (Pool: this, Run: run), preferLocal: true);

    private async Task RunLaterAsync(ActivityRun run)
    {
        await Task.Delay(RetryDelay, TimeProvider.System);
        Start(run, here: false);
    }
}

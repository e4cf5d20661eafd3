using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// What an instance does when the storage, or the engine itself, fails: requests fail at once, work under way is tried
/// again, and an instance of which a write is impossible is blocked.
/// </summary>
internal sealed class StorageFailureHandling(
    LiveInstance instance, Mailbox mailbox, PendingMessages pending, InstanceState state, RunningActivities running,
    WriteResults results, InstanceBlocking blocking)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FaultDelay = TimeSpan.FromSeconds(3);

    private Exception? _impossible;

    private InstanceRegistry Registry => instance.Registry;

    /// <summary>
    /// The write stays in the queue until the storage recovers. Requests that it handles or that wait behind it fail
    /// now: no caller waits for a disk. Called by the writer, at every try.
    /// </summary>
    public void OnDelayed(InstanceChanges changes, Exception exception)
    {
        foreach (var message in changes.Messages)
        {
            message.Fail(exception);
        }

        mailbox.FailRequests(exception);
        // While a write is on its way no other thread uses what is pending.
        pending.FailRequests(exception);
    }

    /// <summary>
    /// The write is given up: the engine stops, or the write itself is impossible. True when the instance is to
    /// continue. Called by the writer.
    /// </summary>
    public bool OnFailed(InstanceChanges changes, Exception exception)
    {
        foreach (var message in changes.Messages)
        {
            message.Fail(exception);
        }

        if (Registry.IsStopping || Registry.Database.Writer.IsStale)
        {
            return false;
        }

        state.Invalidate();
        _impossible = changes.IsNew ? null : exception;
        return true;
    }

    /// <summary>Blocks the instance when its last write was impossible.</summary>
    public InstanceChanges? BlockIfImpossible()
    {
        if (_impossible is not { } impossible)
        {
            return null;
        }

        var changes = blocking.BlockAsStored($"A turn cannot be written: {impossible.Message}");
        _impossible = null;
        return changes;
    }

    /// <summary>The file cannot be read now: requests fail, work under way is taken up again after a while.</summary>
    public async Task RetryLaterAsync(HomeUnavailableException exception)
    {
        state.Invalidate();
        pending.FailRequests(exception);
        await Task.Delay(RetryDelay, TimeProvider.System);
        instance.Continue();
    }

    /// <summary>
    /// An unexpected fault: callers get the exception, and the instance is read again, at its next message or after a
    /// while. What was in its mailbox is in the file too, except for results of activities: those run again.
    /// </summary>
    public void GiveUp(Exception exception)
    {
        if (exception is not DamagedDataException)
        {
            _ = WakeLaterAsync();
        }

        mailbox.MoveTo(pending);
        foreach (var message in pending.TakeAll())
        {
            message.Fail(exception);
            results.Release(message);
        }

        state.Invalidate();
        // An instance whose activities run stays in memory, so that they are known to run until they complete.
        var leaves = running.Count == 0;
        if (!mailbox.TryRest(leaves))
        {
            instance.Continue();
        }
        else if (leaves)
        {
            Registry.Remove(instance);
        }
    }

    private async Task WakeLaterAsync()
    {
        await Task.Delay(FaultDelay, TimeProvider.System);
        if (!Registry.IsStopping)
        {
            Registry.Post(instance.Id, new EngineSignal(SignalKind.Wake));
            Registry.Timers.FireDue();
        }
    }
}

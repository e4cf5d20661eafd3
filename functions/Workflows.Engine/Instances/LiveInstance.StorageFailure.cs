using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>What becomes of an instance's work when the storage, or the engine itself, fails.</summary>
internal sealed partial class LiveInstance
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The write stays in line until the storage recovers. Requests that came with it or wait behind it are told now:
    /// nobody outside waits for a disk to get well. Called by the writer, at every try.
    /// </summary>
    public void OnDelayed(InstanceWrite write, Exception exception)
    {
        foreach (var message in write.Messages)
        {
            message.Fail(exception);
        }

        lock (_gate)
        {
            TellRequests(_mailbox, exception);
        }

        // While a write is on its way nobody else touches what is pending.
        TellRequests(_pending, exception);
    }

    /// <summary>The write was given up: the engine stops, or the write itself is impossible.</summary>
    public void OnFailed(InstanceWrite write, Exception exception)
    {
        foreach (var message in write.Messages)
        {
            message.Fail(exception);
        }

        if (Registry.IsStopping || Registry.Database.Writer.IsStale)
        {
            return;
        }

        _orchestrator = null;
        _loaded = false;
        _impossible = write.IsNew ? null : exception;
        LineUp();
    }

    /// <summary>The engine has stopped: whatever still comes for this object is of no use to anybody.</summary>
    public void Retire() => _gone = true;

    private static void TellRequests(List<InstanceMessage> messages, Exception exception) => messages.RemoveAll(message =>
    {
        if (message.IsRequest)
        {
            message.Fail(exception);
        }

        return message.IsRequest;
    });

    /// <summary>The file cannot be read now. Requests are told; work under way stays and is taken up again.</summary>
    private async Task TryLaterAsync(HomeUnavailableException exception)
    {
        _orchestrator = null;
        _loaded = false;
        TellRequests(_pending, exception);
        await Task.Delay(RetryDelay, TimeProvider.System);
        LineUp();
    }

    /// <summary>
    /// An unexpected fault: who waits is told, and the instance is read anew, at the next message or after a while. What
    /// was in its mailbox is in the file too, except for results of activities: those run again.
    /// </summary>
    private void GiveUp(Exception exception)
    {
        if (exception is not DamagedDataException)
        {
            _ = WakeLaterAsync();
        }

        lock (_gate)
        {
            _pending.AddRange(_mailbox);
            _mailbox.Clear();
        }

        foreach (var message in _pending)
        {
            message.Fail(exception);
            Forget(message);
        }

        _pending.Clear();
        _orchestrator = null;
        _loaded = false;
        lock (_gate)
        {
            if (_mailbox.Count > 0)
            {
                LineUp();
                return;
            }

            // What runs has its result brought here, and must be known to run until then.
            _gone = CountRunning() == 0;
            _active = false;
            Registry.End();
        }

        if (_gone)
        {
            Registry.Remove(this);
        }
    }

    private async Task WakeLaterAsync()
    {
        await Task.Delay(PauseAfterFault, TimeProvider.System);
        if (!Registry.IsStopping)
        {
            Registry.Post(Id, new EngineSignal(SignalKind.Wake));
            Registry.Timers.Ring();
        }
    }

    /// <summary>Parks an instance whose last step could not be written.</summary>
    private bool BlockAsImpossible()
    {
        var writing = BlockAsStored($"A step cannot be written: {_impossible!.Message}");
        _impossible = null;
        return writing;
    }

    /// <summary>Parks an instance on top of what the file has.</summary>
    private bool BlockAsStored(string reason)
    {
        var stored = Registry.Database.Readers.Read(Id, static (connection, id) => InstanceStatements.Find(connection, id));
        if (stored is null || stored.Status.IsEnded())
        {
            return false;
        }

        _row = stored;
        _loaded = true;
        return Block(reason);
    }

    /// <summary>Parks the instance with everything it has; a person or the next start of the process tries again.</summary>
    private bool Block(string reason)
    {
        Registry.Log.InstanceBlocked(Id, reason);
        var row = _row! with { Status = OrchestrationStatus.Blocked, Reason = reason, Updated = Now };
        _pending.RemoveAll(message => message is OrchestratorMessage { IsLoaded: true } or OperationRequest { IsLoaded: true });
        return Submit(new InstanceWrite(Registry.Database, this, row) { UpdatesRow = true, Working = true });
    }

    private bool OnDamage(DamageReport damage)
    {
        Forget(damage.Run);
        if (_row is not { Status: OrchestrationStatus.Running } row || row.Key != damage.Run.Row.Key)
        {
            return false;
        }

        _orchestrator = null;
        return Block(damage.Reason);
    }
}

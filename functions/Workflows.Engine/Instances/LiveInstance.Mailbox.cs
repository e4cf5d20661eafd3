using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>The mailbox: how mail comes in, who deals with it, and when the instance leaves the memory.</summary>
internal sealed partial class LiveInstance
{
    /// <summary>False when the instance has left the memory; the caller gets the next one.</summary>
    public bool TryPost(InstanceMessage message, bool here)
    {
        bool wasActive;
        lock (_gate)
        {
            if (_gone)
            {
                return false;
            }

            _mailbox.Add(message);
            wasActive = _active;
            if (wasActive && !(_inLine && message.Urgency < _urgency))
            {
                return true;
            }

            _active = true;
            _inLine = !here || wasActive;
            _urgency = message.Urgency;
        }

        if (!wasActive)
        {
            Registry.Begin();
            Registry.LeaveIdle(this);
        }

        if (here && !wasActive)
        {
            Deal().Start();
        }
        else
        {
            // Once more, further ahead, if it stood in line already: somebody waits now for what nobody waited for.
            Registry.Scheduler.Add(this, message.Urgency);
        }

        return true;
    }

    /// <summary>Work under way goes on: nobody else deals with it now.</summary>
    private void LineUp()
    {
        lock (_gate)
        {
            _inLine = true;
            _urgency = Urgency.Asked;
        }

        Registry.Scheduler.Add(this, Urgency.Asked);
    }

    /// <summary>Its turn has come. False when it had come before, in another place of the line.</summary>
    public bool LeaveLine()
    {
        lock (_gate)
        {
            var stood = _inLine;
            _inLine = false;
            return stood;
        }
    }

    /// <summary>Whether an activity must not start now; then it will be started again when the instance goes on.</summary>
    public bool HoldsBack(ActivityRun run)
    {
        lock (_running)
        {
            return _holdsBack && _running.Remove(run.Place);
        }
    }

    /// <summary>Moves the mail to what is pending. False when there is none: the instance rests, or leaves.</summary>
    private bool TakeMail()
    {
        bool leaves;
        lock (_gate)
        {
            if (_gone)
            {
                return false;
            }

            if (_mailbox.Count > 0)
            {
                _pending.AddRange(_mailbox);
                _mailbox.Clear();
            }

            if (_pending.Count > 0)
            {
                return true;
            }

            _active = false;
            Registry.End();
            // Nothing is known of it that the file does not know, and nothing of it runs.
            leaves = _loaded && (_row is null || _row.Status.IsEnded()) && CountRunning() == 0;
            _gone = leaves;
        }

        if (leaves)
        {
            Registry.Remove(this);
        }
        else if (CountRunning() == 0)
        {
            Registry.EnterIdle(this);
        }

        return false;
    }

    private List<OrchestratorMessage> TakeMessages()
    {
        var messages = new List<OrchestratorMessage>();
        while (messages.Count < _pending.Count && messages.Count < MostMessagesPerTurn
            && _pending[messages.Count] is OrchestratorMessage message)
        {
            messages.Add(message);
        }

        _pending.RemoveRange(0, messages.Count);
        return messages;
    }

    private bool Evict()
    {
        if (CountRunning() > 0 || _pending.Count > 0)
        {
            return false;
        }

        if (_working && _row is { Status: not OrchestrationStatus.Blocked } row)
        {
            // In line before the write is, which may have committed by the time that this returns.
            _pending.Add(new EngineSignal(SignalKind.Evict, urgency: Urgency.Idle));
            return Submit(new InstanceWrite(Registry.Database, this, row) { Working = false });
        }

        lock (_gate)
        {
            if (_mailbox.Count > 0)
            {
                return false;
            }

            _active = false;
            _gone = true;
            Registry.End();
        }

        Registry.Remove(this);
        return false;
    }

    private int CountRunning()
    {
        lock (_running)
        {
            return _running.Count;
        }
    }
}

using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Instances.Operations;
using Workflows.Engine.Instances.Scheduling;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// Handles the messages of an instance: decides by their kind, and by the instance's status, who does.
/// </summary>
internal sealed class MessageHandler
{
    private readonly LiveInstance _instance;
    private readonly Mailbox _mailbox;
    private readonly PendingMessages _pending;
    private readonly InstanceState _state;
    private readonly RunningActivities _running;
    private readonly WriteResults _results;
    private readonly InstanceBlocking _blocking;
    private readonly TurnRunner _turns;
    private readonly ActivityRestarts _restarts;
    private readonly InstanceLoader _loader;
    private readonly InstanceCreation _creation;
    private readonly InstanceOperations _operations;

    public MessageHandler(
        LiveInstance instance, Mailbox mailbox, PendingMessages pending, InstanceState state,
        RunningActivities running, WriteResults results, InstanceBlocking blocking)
    {
        _instance = instance;
        _mailbox = mailbox;
        _pending = pending;
        _state = state;
        _running = running;
        _results = results;
        _blocking = blocking;
        _turns = new TurnRunner(Registry, state, pending, running);
        _restarts = new ActivityRestarts(Registry, state, pending, running, blocking);
        _loader = new InstanceLoader(instance, state, pending, running, _turns, _restarts, blocking);
        _creation = new InstanceCreation(Registry, state, _loader, _turns);
        _operations = new InstanceOperations(Registry, state, pending, _loader);
    }

    private InstanceRegistry Registry => _instance.Registry;

    /// <summary>
    /// Handles the first pending messages, after the instance was read. Gives what is to be written for them.
    /// </summary>
    public InstanceChanges? HandleNext()
    {
        if (!_state.IsLoaded && _pending.First is not EngineSignal && _loader.Load() is { } loaded)
        {
            return loaded;
        }

        if (_pending.Count == 0)
        {
            return null;
        }

        return _pending.First is OrchestratorMessage
            ? _pending.HandleBatch(this, static (handler, batch) => handler.Handle(batch))
            : _pending.HandleFirst(this, static (handler, message) => handler.Handle(message));
    }

    private InstanceChanges? Handle(InstanceMessage message)
    {
        switch (message)
        {
            case EngineSignal signal:
                return Handle(signal);
            case StartRequest start:
                return _creation.Handle(start);
            case InstanceOperation operation:
                return _operations.Handle(operation);
            case QuarantineRelease release:
                return _restarts.Handle(release);
            case DamageReport damage:
                _running.Remove(damage.Run);
                return _blocking.Handle(damage);
            default:
                throw new InvalidOperationException($"An instance does not handle a {message.GetType().Name}.");
        }
    }

    private InstanceChanges? Handle(List<OrchestratorMessage> batch)
    {
        switch (_state.Durable)
        {
            case null:
                batch.ForEach(message => message.Answer(RaiseOutcome.NotFound));
                batch.ForEach(_results.Release);
                return null;
            case { Row.Status: OrchestrationStatus.Suspended or OrchestrationStatus.Blocked } waiting:
                return MessagesWithoutTurn.Hold(Registry, waiting, batch);
            case { Row: { Status: OrchestrationStatus.Pending, StartAt: { } startAt } } waiting
                when startAt > Registry.Now:
                return MessagesWithoutTurn.Hold(Registry, waiting, batch);
            case { } ended when ended.Row.Status.IsEnded():
                return MessagesWithoutTurn.Discard(Registry, ended, batch);
            default:
                if (_state.Orchestrator is not null)
                {
                    return _turns.Run(batch);
                }

                // The time of its scheduled start has come: it is read first, and the messages are handled after that.
                _pending.PutBack(batch);
                _state.RequireLoad();
                return null;
        }
    }

    private InstanceChanges? Handle(EngineSignal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Evict:
                return Evict();
            case SignalKind.NonDurableAwait:
                return _state.Orchestrator is { End: null } ? _turns.Run([]) : null;
            default:
                if (_state.Row is null || (signal.Key != 0 && signal.Key != _state.Row.Key))
                {
                    _state.RequireLoad();
                }

                return _state.IsLoaded ? null : _loader.Load();
        }
    }

    /// <summary>
    /// Lets the instance leave the memory if nothing is under way. Its mark of work in the file is removed first.
    /// </summary>
    private InstanceChanges? Evict()
    {
        if (_running.Count > 0 || _pending.Count > 0)
        {
            return null;
        }

        if (_state is { IsWorking: true, Durable: { Row.Status: not OrchestrationStatus.Blocked } durable })
        {
            // Added before the write is submitted, which may have committed by the time that the submission returns.
            _pending.Add(new EngineSignal(SignalKind.Evict, urgency: Urgency.Idle));
            return new InstanceChanges { After = durable, MarksWorking = false };
        }

        if (_mailbox.TryRest(leaves: true))
        {
            Registry.Remove(_instance);
        }

        return null;
    }
}

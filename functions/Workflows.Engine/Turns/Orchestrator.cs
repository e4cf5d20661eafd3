using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Platform;

namespace Workflows.Engine.Turns;

/// <summary>
/// The orchestrator of one generation in memory. A turn gives it messages, one after the other, and lets it run until
/// it waits again. A replay does the same with recorded messages, and checks that it gives the recorded actions.
/// </summary>
internal sealed class Orchestrator
{
    private readonly InstanceRow _row;
    private readonly TurnServices _services;
    private readonly OrchestrationDescriptor _descriptor;
    private readonly TurnThread _thread;
    private readonly DurableContext _context;
    private Task<object?>? _flow;
    private Exception? _nonDurableAwait;

    /// <param name="row">The row of the instance, with the generation and input of this orchestrator.</param>
    /// <param name="descriptor">The orchestration.</param>
    /// <param name="services">What the context needs.</param>
    /// <param name="onNonDurableAwait">
    /// Called, from any thread, when a continuation comes from something that is not durable.
    /// </param>
    public Orchestrator(
        InstanceRow row, OrchestrationDescriptor descriptor, TurnServices services, Action onNonDurableAwait)
    {
        _row = row;
        _services = services;
        _descriptor = descriptor;
        var report = () =>
        {
            if (_flow is { IsCompleted: true })
            {
                return;
            }

            _nonDurableAwait = new NonDurableAwaitException(row.Name);
            onNonDurableAwait();
        };
        _thread = new TurnThread(report);
        _context = new DurableContext(row, services, _thread, report);
    }

    public string InstanceId => _row.Id;

    /// <summary>The time of the instance at its last turn, UTC ticks.</summary>
    public long LastTurnAt { get; private set; }

    /// <summary>The number of messages and actions in the history.</summary>
    public int Events { get; private set; }

    public OpenTasks Tasks => _context.Tasks;

    public EventWaits Waits => _context.Waits;

    public byte[]? CustomStatus => _context.CustomStatus;

    public bool CustomStatusChanged => _context.CustomStatusChanged;

    public NextGeneration? Next => _context.Next;

    /// <summary>The end of the generation; null before it.</summary>
    public TurnEnd? End { get; private set; }

    /// <summary>Whether the orchestrator waits for a message, or takes it without waiting.</summary>
    public bool Expects(Message message) => End is null && message switch
    {
        TaskCompleted completed => completed.Generation == _row.Generation && Tasks.IsOpenCall(completed.TaskId),
        TimerFired fired => fired.Generation == _row.Generation && Tasks.IsOpenTimer(fired.TaskId),
        _ => true,
    };

    /// <summary>
    /// Runs a turn. Messages that the orchestrator does not expect are left out; those it took are in the record.
    /// </summary>
    public TurnRecord Run(long at, IReadOnlyList<Message> messages) => Run(at, messages, replaying: false);

    /// <summary>Runs a recorded turn again and compares the actions.</summary>
    /// <exception cref="DivergenceException">The orchestrator gave other actions than recorded.</exception>
    public void Replay(TurnRecord recorded)
    {
        var before = Events + recorded.Messages.Count;
        var repeated = Run(recorded.At, recorded.Messages, replaying: true);
        for (var i = 0; i < Math.Max(recorded.Actions.Count, repeated.Actions.Count); i++)
        {
            TurnAction? expected = i < recorded.Actions.Count ? recorded.Actions[i] : null;
            TurnAction? found = i < repeated.Actions.Count ? repeated.Actions[i] : null;
            if (expected != found)
            {
                throw new DivergenceException(_row.Id, before + i + 1, expected?.ToString(), found?.ToString());
            }
        }

        if (repeated.Messages.Count != recorded.Messages.Count)
        {
            throw new DivergenceException(
                _row.Id, before, "a message that something waits for", "nothing that waits for it");
        }
    }

    /// <summary>Runs a recorded turn again with other messages, without comparing the actions.</summary>
    public TurnRecord Repeat(long at, IReadOnlyList<Message> messages) => Run(at, messages, replaying: true);

    private TurnRecord Run(long at, IReadOnlyList<Message> messages, bool replaying)
    {
        LastTurnAt = Math.Max(at, LastTurnAt);
        _context.BeginTurn(LastTurnAt, replaying);
        var taken = new List<Message>(messages.Count);
        foreach (var message in messages)
        {
            if (Expects(message))
            {
                taken.Add(message);
                _thread.Run(Deliver, message);
                End = EndOf();
            }
        }

        if (_nonDurableAwait is not null && End is null)
        {
            End = EndOf();
        }

        if (End is not null)
        {
            Tasks.CloseAllTimers();
        }

        var actions = new List<TurnAction>(Tasks.Actions.Count + 1);
        foreach (var action in Tasks.Actions)
        {
            actions.Add(action.Action);
        }

        if (End is { } end)
        {
            actions.Add(end.ToAction());
        }

        Events += taken.Count + actions.Count;
        return new TurnRecord(LastTurnAt, taken, actions);
    }

    private void Deliver(object argument)
    {
        switch (argument)
        {
            case Started:
                _flow = Start();
                break;
            case TaskCompleted completed:
                Tasks.Complete(completed);
                break;
            case TimerFired fired:
                Tasks.Fire(fired.TaskId);
                break;
            case EventRaised raised:
                Waits.Arrive(raised);
                break;
            default:
                throw new InvalidOperationException($"{argument.GetType().Name} is not for an orchestrator.");
        }
    }

    private Task<object?> Start()
    {
        try
        {
            return _descriptor.Create().RunAsync(_context, Payloads.Read(_row.Input, _descriptor.InputType));
        }
        catch (Exception exception)
        {
            return Task.FromException<object?>(exception);
        }
    }

    private TurnEnd? EndOf()
    {
        if (_nonDurableAwait is not null)
        {
            return TurnEnd.Failed(_nonDurableAwait);
        }

        if (_flow is not { IsCompleted: true })
        {
            return _flow is not null && Tasks.Count == 0 && Waits.Open == 0
                ? TurnEnd.Failed(new NonDurableAwaitException(_row.Name))
                : null;
        }

        if (!_flow.IsCompletedSuccessfully)
        {
            return TurnEnd.Failed(_flow.Exception?.InnerException ?? new TaskCanceledException(_flow));
        }

        if (Next is { } next)
        {
            return TurnEnd.Continued(next);
        }

        try
        {
            return TurnEnd.Completed(_services.Payloads.Write(_flow.Result, _descriptor.ResultType));
        }
        catch (Exception exception)
        {
            return TurnEnd.Failed(exception);
        }
    }
}

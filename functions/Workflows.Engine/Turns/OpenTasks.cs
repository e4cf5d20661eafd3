using Workflows.Engine.History;

namespace Workflows.Engine.Turns;

/// <summary>
/// Activities, sub-orchestrations and timers that have not ended, and the actions of the present turn.
/// </summary>
internal sealed class OpenTasks
{
    private readonly Dictionary<int, (ScheduledAction Action, TaskCompletionSource<TaskCompleted> Done)> _calls = [];
    private readonly Dictionary<int, (long Due, Action Fire)> _timers = [];
    private readonly HashSet<int> _timersOfThisTurn = [];
    private int _lastId;

    /// <summary>The actions of the present turn, in order.</summary>
    public List<ScheduledAction> Actions { get; private set; } = [];

    /// <summary>Timers of earlier turns that this turn ended or cancelled: their rows are deleted.</summary>
    public List<DurableTimer> ClosedTimers { get; private set; } = [];

    public int Count => _calls.Count + _timers.Count;

    public IEnumerable<ScheduledAction> OpenCalls => _calls.Values.Select(call => call.Action);

    /// <summary>Timers of the present turn that are still open: their rows are inserted.</summary>
    public IReadOnlyList<DurableTimer> NewTimers =>
        _timersOfThisTurn.Select(id => new DurableTimer(id, _timers[id].Due)).ToArray();

    public IEnumerable<DurableTimer> Timers =>
        _timers.Select(timer => new DurableTimer(timer.Key, timer.Value.Due));

    public int NextId() => ++_lastId;

    public void BeginTurn()
    {
        Actions = [];
        ClosedTimers = [];
        _timersOfThisTurn.Clear();
    }

    public bool IsOpenCall(int taskId) => _calls.ContainsKey(taskId);

    public bool IsOpenTimer(int taskId) => _timers.ContainsKey(taskId);

    public Task<TaskCompleted> Call(ScheduledAction action)
    {
        var done = new TaskCompletionSource<TaskCompleted>();
        _calls.Add(action.Action.TaskId, (action, done));
        Actions.Add(action);
        return done.Task;
    }

    public int OpenTimer(DateTimeOffset due, Action fire)
    {
        var id = NextId();
        var ticks = due.UtcTicks;
        _timers.Add(id, (ticks, fire));
        _timersOfThisTurn.Add(id);
        Actions.Add(new ScheduledAction(new TurnAction(TurnActionKind.Timer, id, "", "", ticks)));
        return id;
    }

    public void Complete(TaskCompleted completed)
    {
        if (_calls.Remove(completed.TaskId, out var call))
        {
            call.Done.SetResult(completed);
        }
    }

    public void Fire(int taskId)
    {
        if (_timers.TryGetValue(taskId, out var timer))
        {
            CloseTimer(taskId);
            timer.Fire();
        }
    }

    public void CloseTimer(int taskId)
    {
        if (_timers.Remove(taskId, out var timer) && !_timersOfThisTurn.Remove(taskId))
        {
            ClosedTimers.Add(new DurableTimer(taskId, timer.Due));
        }
    }

    public void CloseAllTimers()
    {
        foreach (var id in _timers.Keys.ToArray())
        {
            CloseTimer(id);
        }
    }
}

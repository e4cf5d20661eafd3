using System.Text.Json;
using Microsoft.DurableTask;

namespace Workflows.Azure.Durable.Signals;

/// <summary>
/// An orchestrator's events: those that nobody waited for yet, and the waits that no event ended yet. An event goes to
/// the newest open wait of its name; a wait takes the oldest event of its name; a closed wait takes none.
/// </summary>
/// <remarks>
/// While any wait is open, the table is read where a generation begins with signals, after a wake-up that does not
/// bring the next signal along, and when a wait's time is up. A wake-up that its sender lost is sent again (<see
/// cref="WakeUpOutbox"/>). One Durable wait for wake-ups is open all the time: a second one, or a cancelled one, would
/// swallow some.
/// </remarks>
internal sealed class EventBuffer
{
    /// <summary>Durable's event that announces a signal: a <see cref="WakeUp"/>.</summary>
    public const string WakeUpEvent = "wake-up";

    private readonly TaskOrchestrationContext _context;
    private readonly Func<long, Task<SignalPage>> _read;
    private readonly Dictionary<string, List<SignalWait>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Signal> _kept;
    private readonly string _run;
    private Task<WakeUp?>? _wakeUp;
    private Task? _pump;
    private TaskCompletionSource _stir = new();
    private Task _reading = Task.CompletedTask;
    private bool _mustRead;
    private bool _hasEnded;

    public EventBuffer(TaskOrchestrationContext context, InstanceStart start, Func<long, Task<SignalPage>> read)
    {
        _context = context;
        _read = read;
        _run = start.Run;
        _kept = [.. start.Kept];
        _mustRead = start.HasSignals;
        Cursor = start.Cursor;
    }

    /// <summary>Signals up to this number have been read.</summary>
    public long Cursor { get; private set; }

    /// <summary>Signals that were read and that nobody waited for.</summary>
    public IReadOnlyList<Signal> Kept => _kept;

    private bool HasWaits => _waits.Values.Any(waits => waits.Count > 0);

    /// <summary>Opens a wait, or takes what waits for it.</summary>
    /// <param name="closesAt">Events that arrive from then on are not for this wait.</param>
    /// <exception cref="ArgumentException">A wait for the name is open with another payload type.</exception>
    public SignalWait Open(string name, Type type, DateTimeOffset? closesAt)
    {
        var wait = new SignalWait(name, type, closesAt);
        var first = _kept.FindIndex(signal => string.Equals(signal.Name, name, StringComparison.OrdinalIgnoreCase));
        if (first >= 0)
        {
            wait.Give(_kept[first].Payload);
            _kept.RemoveAt(first);
            return wait;
        }

        if (_hasEnded)
        {
            return wait;
        }

        if (!_waits.TryGetValue(name, out var open))
        {
            _waits.Add(name, open = []);
        }

        if (open.Count > 0 && open[^1].Type != type)
        {
            throw new ArgumentException(
                $"A wait for event '{name}' is open for {open[^1].Type.Name}; this one is for {type.Name}.",
                nameof(name));
        }

        open.Add(wait);
        if (_pump is not { IsCompleted: false })
        {
            _pump = PumpAsync();
        }

        return wait;
    }

    /// <summary>Closes a wait; what comes for it from now on is kept.</summary>
    public void Close(SignalWait wait)
    {
        if (_waits.TryGetValue(wait.Name, out var open) && open.Remove(wait) && !HasWaits)
        {
            Stir();
        }
    }

    /// <summary>Closes every wait, and opens none from now on.</summary>
    public void End()
    {
        _hasEnded = true;
        _waits.Clear();
        Stir();
    }

    /// <summary>Reads what is in the table by now.</summary>
    public async Task ReadAsync()
    {
        while (!_reading.IsCompleted)
        {
            await _reading;
        }

        _reading = ReadOnceAsync();
        await _reading;
    }

    private async Task ReadOnceAsync()
    {
        try
        {
            SignalPage page;
            do
            {
                _mustRead = false;
                page = await _read(Cursor);
                foreach (var signal in page.Signals.Where(signal => signal.Number > Cursor))
                {
                    Cursor = signal.Number;
                    Deliver(signal);
                }
            }
            while (page.More);
        }
        catch
        {
            _mustRead = true;
            throw;
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (HasWaits)
            {
                if (_mustRead)
                {
                    await ReadAsync();
                    continue;
                }

                await SleepAsync();
            }
        }
        catch (Exception exception)
        {
            // The code that waits gets the failure to read the table, and may wait again.
            var failed = _waits.Values.SelectMany(waits => waits).ToArray();
            _waits.Clear();
            _pump = null;
            foreach (var wait in failed)
            {
                wait.Fail(exception);
            }
        }
    }

    /// <summary>Until a wake-up, or the end of all waits.</summary>
    private async Task SleepAsync()
    {
        _wakeUp ??= _context.WaitForExternalEvent<WakeUp?>(WakeUpEvent);
        _stir = new TaskCompletionSource();
        await Task.WhenAny(_wakeUp, _stir.Task);
        if (_wakeUp.IsCompleted)
        {
            // The next wait is opened at once: there is no moment at which a wake-up finds nobody.
            var wakeUp = await _wakeUp;
            _wakeUp = _context.WaitForExternalEvent<WakeUp?>(WakeUpEvent);
            Take(wakeUp ?? WakeUp.Anyway);
        }
    }

    /// <summary>Takes the next signal from its wake-up; for any other the table has to be read.</summary>
    private void Take(WakeUp wakeUp)
    {
        var isOfThisRun = wakeUp.Run.Length == 0 || wakeUp.Run == _run;
        if (wakeUp.Signal is { } signal && isOfThisRun && signal.Number == Cursor + 1 && !_mustRead)
        {
            Cursor = signal.Number;
            Deliver(signal);
        }
        else
        {
            _mustRead |= wakeUp.UpTo > Cursor;
        }
    }

    private void Deliver(Signal signal)
    {
        if (_waits.TryGetValue(signal.Name, out var open))
        {
            var newest = open.FindLastIndex(wait => wait.ClosesAt is not { } end || signal.ArrivedAt < end);
            if (newest >= 0)
            {
                var wait = open[newest];
                open.RemoveAt(newest);
                wait.Give(signal.Payload);
                if (!HasWaits)
                {
                    Stir();
                }

                return;
            }
        }

        _kept.Add(signal);
    }

    private void Stir() => _stir.TrySetResult();
}

/// <summary>One wait.</summary>
internal sealed class SignalWait(string name, Type type, DateTimeOffset? closesAt)
{
    private readonly TaskCompletionSource<JsonElement> _done = new();

    public string Name { get; } = name;

    public Type Type { get; } = type;

    public DateTimeOffset? ClosesAt { get; } = closesAt;

    public Task<JsonElement> Payload => _done.Task;

    public void Give(JsonElement payload) => _done.TrySetResult(payload);

    public void Fail(Exception exception) => _done.TrySetException(exception);

    public void Cancel(CancellationToken cancellation) => _done.TrySetCanceled(cancellation);
}

using Workflows.Engine.History;

namespace Workflows.Engine.Turns;

/// <summary>
/// Events that no wait took yet, and waits that no event ended yet. An event goes to the newest open wait for its name;
/// a wait takes the oldest event of its name. A closed wait takes no event.
/// </summary>
internal sealed class EventWaits
{
    private readonly Dictionary<string, Channel> _channels = new(StringComparer.OrdinalIgnoreCase);
    private long _arrivals;

    /// <summary>The number of open waits.</summary>
    public int Open { get; private set; }

    public EventRaised? TakeWaiting(string name)
    {
        if (!_channels.TryGetValue(name, out var channel) || !channel.Events.TryDequeue(out var waiting))
        {
            return null;
        }

        return waiting.Event;
    }

    /// <exception cref="ArgumentException">A wait for the name is open with another payload type.</exception>
    public EventWait Add(string name, Type type, Action<EventRaised> deliver)
    {
        if (!_channels.TryGetValue(name, out var channel))
        {
            _channels.Add(name, channel = new Channel());
        }

        if (channel.Waits.Count > 0 && channel.Waits[^1].Type != type)
        {
            throw new ArgumentException(
                $"A wait for event '{name}' is open for {channel.Waits[^1].Type.Name}; this one is for {type.Name}.",
                nameof(name));
        }

        var wait = new EventWait(name, type, deliver);
        channel.Waits.Add(wait);
        Open++;
        return wait;
    }

    public void Close(EventWait wait)
    {
        if (_channels.TryGetValue(wait.Name, out var channel) && channel.Waits.Remove(wait))
        {
            Open--;
        }
    }

    public void Arrive(EventRaised raised)
    {
        if (!_channels.TryGetValue(raised.Name, out var channel))
        {
            _channels.Add(raised.Name, channel = new Channel());
        }

        if (channel.Waits.Count == 0)
        {
            channel.Events.Enqueue((_arrivals++, raised));
            return;
        }

        var newest = channel.Waits[^1];
        channel.Waits.RemoveAt(channel.Waits.Count - 1);
        Open--;
        newest.Deliver(raised);
    }

    /// <summary>Events that no wait took, in order of arrival.</summary>
    public List<EventRaised> Unconsumed() =>
    [
        .. _channels.Values.SelectMany(channel => channel.Events)
            .OrderBy(waiting => waiting.Arrival).Select(waiting => waiting.Event),
    ];

    private sealed class Channel
    {
        public List<EventWait> Waits { get; } = [];

        public Queue<(long Arrival, EventRaised Event)> Events { get; } = new();
    }
}

/// <summary>One open wait.</summary>
internal sealed class EventWait(string name, Type type, Action<EventRaised> deliver)
{
    public string Name { get; } = name;

    public Type Type { get; } = type;

    public void Deliver(EventRaised raised) => deliver(raised);
}

using System.Text.Json;

namespace Workflows.Azure.Durable.Signals;

/// <summary>An event on its way to an instance, as the Signals table keeps it.</summary>
/// <param name="Number">Its place in the instance's order of arrival, from 1.</param>
/// <param name="Name">The event's name.</param>
/// <param name="ArrivedAt">When it was kept, UTC.</param>
/// <param name="Payload">What it carries.</param>
public sealed record Signal(long Number, string Name, DateTimeOffset ArrivedAt, JsonElement Payload);

/// <summary>A page of an instance's signals.</summary>
/// <param name="Signals">In order of arrival.</param>
/// <param name="More">Whether the next page has any.</param>
public sealed record SignalPage(IReadOnlyList<Signal> Signals, bool More);

/// <summary>
/// What Durable's own event carries: that there is a signal, and the signal itself when it is small enough to go along.
/// </summary>
/// <param name="UpTo">The number of the signal that was kept.</param>
/// <param name="Run">
/// The run that it was kept for, as numbers begin at one again when an instance was forgotten; empty when none is
/// known.
/// </param>
/// <param name="Signal">Saves the instance that is woken a look into the table.</param>
public sealed record WakeUp(long UpTo, string Run, Signal? Signal)
{
    /// <summary>Characters as Durable writes them, with all but plain letters escaped.</summary>
    private const int MaxPayload = 8 * 1024;

    /// <summary>A wake-up for a signal.</summary>
    public static WakeUp For(string run, Signal signal) =>
        new(signal.Number, run, JsonSerializer.Serialize(signal.Payload).Length <= MaxPayload ? signal : null);

    /// <summary>A wake-up for whatever there is.</summary>
    public static WakeUp Anyway { get; } = new(long.MaxValue, "", null);
}

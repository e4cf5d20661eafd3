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

using System.Text.Json;
using Workflows.Azure.Durable.Signals;

namespace Workflows.Azure.Durable;

/// <summary>
/// What Durable Functions keeps as an instance's input: the orchestration's own input, and what the Platform contract
/// needs that Durable's context does not say.
/// </summary>
/// <param name="Input">The orchestration's input.</param>
/// <param name="Run">New at every start and restart of the id; generations keep it.</param>
public sealed record InstanceStart(JsonElement Input, string Run)
{
    /// <summary>Counts continue-as-new, from 0.</summary>
    public int Generation { get; init; }

    /// <summary>The version it runs under; null if none.</summary>
    public string? Version { get; init; }

    /// <summary>The parent's id when it is a sub-orchestration.</summary>
    public string? Parent { get; init; }

    /// <summary>Not before this time, when it was scheduled so.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>The custom status as the generation before left it; Durable starts each without.</summary>
    public JsonElement? Status { get; init; }

    /// <summary>Signals up to this number are dealt with.</summary>
    public long Cursor { get; init; }

    /// <summary>
    /// Whether there are signals after the cursor. What is kept from now on comes with its wake-up, so that an instance
    /// without any does not look for them as it begins.
    /// </summary>
    public bool HasSignals { get; init; }

    /// <summary>Signals up to the cursor that nobody waited for yet, in order of arrival.</summary>
    public IReadOnlyList<Signal> Kept { get; init; } = [];
}

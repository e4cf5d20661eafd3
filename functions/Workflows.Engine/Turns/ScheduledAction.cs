using Workflows.Engine.History;

namespace Workflows.Engine.Turns;

/// <summary>
/// An action with what is needed to carry it out. A replay gives that again, so histories do not store it.
/// </summary>
/// <param name="Action">The action as histories store it.</param>
/// <param name="Input">The input or payload; null when there is none.</param>
/// <param name="Attempt">The attempt of an activity or sub-orchestration with a retry policy, from 1.</param>
/// <param name="Version">The version of a sub-orchestration.</param>
internal sealed record ScheduledAction(
    TurnAction Action, byte[]? Input = null, int Attempt = 1, string? Version = null);

/// <summary>What the next generation starts with.</summary>
internal sealed record NextGeneration(byte[]? Input, bool PreserveEvents, string? Version);

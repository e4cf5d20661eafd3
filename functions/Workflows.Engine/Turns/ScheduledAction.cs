using Workflows.Engine.History;

namespace Workflows.Engine.Turns;

/// <summary>An action with what is needed to carry it out, which replay makes again and histories need not keep.</summary>
/// <param name="Action">As histories keep it.</param>
/// <param name="Input">Input or payload; null if none.</param>
/// <param name="Attempt">Of an activity or sub-orchestration under a retry policy, from 1.</param>
/// <param name="Version">Of a sub-orchestration.</param>
internal sealed record ScheduledAction(TurnAction Action, byte[]? Input = null, int Attempt = 1, string? Version = null);

/// <summary>What the next generation starts with.</summary>
internal sealed record NextGeneration(byte[]? Input, bool PreserveEvents, string? Version);

namespace Workflows.Engine.Turns;

/// <summary>A durable timer of an execution.</summary>
/// <param name="TaskId">The number of its task; 0 is a scheduled start.</param>
/// <param name="Due">When it is due, UTC ticks.</param>
internal sealed record DurableTimer(int TaskId, long Due);

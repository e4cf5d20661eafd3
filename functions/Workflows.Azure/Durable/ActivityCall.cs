using System.Text.Json;

namespace Workflows.Azure.Durable;

/// <summary>What an activity function is called with.</summary>
/// <param name="InstanceId">The instance that calls.</param>
/// <param name="TaskId">The step's number within the generation.</param>
/// <param name="Attempt">From 1; retries count.</param>
/// <param name="Key">The step's idempotency key.</param>
/// <param name="Input">The activity's own input.</param>
public sealed record ActivityCall(string InstanceId, int TaskId, int Attempt, string Key, JsonElement Input);

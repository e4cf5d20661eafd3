using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>
/// Activity functions of the adapter itself: what an orchestrator must have done outside, beside the business.
/// </summary>
internal static class AdapterFunctions
{
    public const string ReadSignals = "ReadSignals";
    public const string CloseSignals = "CloseSignals";
    public const string SendSignal = "SendSignal";
    public const string StartInstance = "StartInstance";
    public const string TakeId = "TakeId";
    public const string ReadReason = "ReadReason";

    /// <summary>Every one of them is idempotent, and fails only when the storage does.</summary>
    public static CallRetryPolicy Retries { get; } = new(
        maxAttempts: 20, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxInterval: TimeSpan.FromMinutes(20));
}

/// <summary>Reads an instance's signals after a number.</summary>
public sealed record ReadSignals(string InstanceId, long After);

/// <summary>Closes a run that ends.</summary>
/// <param name="After">The number of the last signal that it has read.</param>
public sealed record CloseSignals(string InstanceId, string Run, long After);

/// <summary>Raises an event to another instance, once.</summary>
public sealed record SendSignal(string InstanceId, string Name, JsonElement Payload, string EventId);

/// <summary>Starts an orchestration that nobody waits for, unless its id is taken.</summary>
/// <param name="Run">The run to start: a repetition finds its own.</param>
public sealed record StartInstance(
    string InstanceId, string Orchestration, JsonElement Input, string? Version, string Run);

/// <summary>Takes an id for a child.</summary>
/// <param name="InstanceId">The id.</param>
/// <param name="Run">For which run of it.</param>
/// <param name="Before">The run of the attempt before, which gives the id up.</param>
public sealed record TakeId(string InstanceId, string Run, string? Before);

/// <summary>What became of it.</summary>
/// <param name="Cursor">Signals up to here are of earlier runs; null when the id belongs to another instance.</param>
/// <param name="HasSignals">Whether there are any after it.</param>
public sealed record TakenId(long? Cursor, bool HasSignals = false);

/// <summary>Reads why a person ended an instance.</summary>
public sealed record ReadReason(string InstanceId);

/// <summary>Why.</summary>
/// <param name="Text">Null when nobody said.</param>
public sealed record Reason(string? Text);

namespace Workflows.Platform;

/// <summary>How an orchestration is scheduled.</summary>
/// <param name="InstanceId">Its id; derive it from the business key, so that a second request finds the first.</param>
/// <param name="StartAt">Not before this time; null is now. Until then it is pending.</param>
/// <param name="ReplaceIf">
/// The states in which an existing instance is replaced; none by default: it is left alone.
/// </param>
/// <param name="Version">
/// Recorded and given to the code; null is the default of the home's <see cref="VersionPolicy"/>, an empty one is none.
/// </param>
public sealed record ScheduleOptions(
    string InstanceId,
    DateTimeOffset? StartAt = null,
    IReadOnlySet<OrchestrationStatus>? ReplaceIf = null,
    string? Version = null);

/// <summary>What scheduling did.</summary>
/// <param name="InstanceId">The instance, new or found.</param>
/// <param name="Created">False when the id existed and was left alone.</param>
public readonly record struct ScheduleOutcome(string InstanceId, bool Created);

/// <summary>What became of a raised event.</summary>
public enum RaiseOutcome
{
    /// <summary>Kept; it will be delivered once.</summary>
    Accepted,

    /// <summary>An event of this id was raised before; nothing changed.</summary>
    Duplicate,

    /// <summary>There is no such instance; nothing was kept.</summary>
    NotFound,

    /// <summary>The instance has ended; its state, output and ledger stay as they are.</summary>
    TooLate,
}

/// <summary>What became of an operation on an instance.</summary>
public enum OperationOutcome
{
    /// <summary>Done, and durable.</summary>
    Done,

    /// <summary>It was so already, or the state does not allow it; nothing changed.</summary>
    NoChange,

    /// <summary>There is no such instance.</summary>
    NotFound,
}

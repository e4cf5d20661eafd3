using System.Text.Json;

namespace Workflows.Platform;

/// <summary>Where an instance stands.</summary>
public enum OrchestrationStatus
{
    /// <summary>Scheduled, not started.</summary>
    Pending,

    /// <summary>Started, not ended; it may be waiting for months.</summary>
    Running,

    /// <summary>Held by a person; keeps its messages.</summary>
    Suspended,

    /// <summary>
    /// Parked because code and history disagree, a type is missing, or a step kills the process; a fixed build resumes
    /// it.
    /// </summary>
    Blocked,

    /// <summary>Ended with a result.</summary>
    Completed,

    /// <summary>Ended by an exception.</summary>
    Failed,

    /// <summary>Ended by a person.</summary>
    Terminated,
}

/// <summary>An instance as last committed. Times are UTC.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="Orchestration">The recorded name of its orchestration.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CreatedAt">When it was scheduled.</param>
/// <param name="LastUpdatedAt">When its last turn was committed.</param>
public sealed record OrchestrationState(
    string InstanceId,
    string Orchestration,
    OrchestrationStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt)
{
    /// <summary>New at every start and restart of the id; generations of continue-as-new keep it.</summary>
    public string ExecutionId { get; init; } = "";

    /// <summary>The version it runs under; null if none.</summary>
    public string? Version { get; init; }

    /// <summary>The parent's id when it is a sub-orchestration.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>Not before this time, when it was scheduled so.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Why it is suspended, blocked or terminated.</summary>
    public string? Reason { get; init; }

    /// <summary>Input as JSON; null if none.</summary>
    public string? Input { get; init; }

    /// <summary>Output as JSON once completed or terminated.</summary>
    public string? Output { get; init; }

    /// <summary>Custom status as JSON; null if none.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Why it failed.</summary>
    public FailureDetails? Failure { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool IsEnded => Status.IsEnded();

    /// <summary>The output, read as <typeparamref name="T"/>.</summary>
    public T? ReadOutput<T>() =>
        Output is null ? default : JsonSerializer.Deserialize<T>(Output, DurableJson.Options);

    /// <summary>The custom status, read as <typeparamref name="T"/>.</summary>
    public T? ReadCustomStatus<T>() =>
        CustomStatus is null ? default : JsonSerializer.Deserialize<T>(CustomStatus, DurableJson.Options);
}

/// <summary>Questions about a status.</summary>
public static class OrchestrationStatusExtensions
{
    /// <summary>Whether nothing will happen any more.</summary>
    public static bool IsEnded(this OrchestrationStatus status) =>
        status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated;
}

/// <summary>Which instances to list. All conditions hold together.</summary>
public sealed record InstanceQuery
{
    /// <summary>Ids that start with this, compared ordinally.</summary>
    public string? IdPrefix { get; init; }

    /// <summary>The recorded name of the orchestration.</summary>
    public string? Orchestration { get; init; }

    /// <summary>Any of these; null is any.</summary>
    public IReadOnlyCollection<OrchestrationStatus>? Statuses { get; init; }

    /// <summary>Created at or after.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created before.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Ended before; asks for ended instances only.</summary>
    public DateTimeOffset? EndedBefore { get; init; }

    /// <summary>At most this many a page, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>From the page before; null for the first.</summary>
    public string? Continuation { get; init; }
}

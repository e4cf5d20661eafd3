namespace Workflows.Platform;

/// <summary>An activity or a sub-orchestration failed and no retry was left.</summary>
/// <param name="taskName">The recorded name of what failed.</param>
/// <param name="taskId">Its number within the instance.</param>
/// <param name="failure">What it failed of.</param>
public sealed class CallFailedException(string taskName, int taskId, FailureDetails failure)
    : Exception($"Task '{taskName}' (#{taskId}) failed: {failure.Type}: {failure.Message}")
{
    /// <summary>The recorded name of what failed.</summary>
    public string TaskName { get; } = taskName;

    /// <summary>Its number within the instance.</summary>
    public int TaskId { get; } = taskId;

    /// <summary>What it failed of, with the whole chain behind it.</summary>
    public FailureDetails Failure { get; } = failure;
}

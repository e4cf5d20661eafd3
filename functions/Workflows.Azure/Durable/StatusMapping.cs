using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>Durable's words for instances, in the Platform's.</summary>
internal static class StatusMapping
{
    private static readonly JsonSerializerOptions WorkerJson = new() { PropertyNameCaseInsensitive = true };

    /// <summary>
    /// Before any instance was created. A list that has a first moment leaves out rows without one, which no host can
    /// read: see <see cref="InstanceRows"/>.
    /// </summary>
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlySet<OrchestrationStatus> Ended { get; } =
        Enum.GetValues<OrchestrationStatus>().Where(status => status.IsEnded()).ToHashSet();

    /// <param name="now">
    /// An instance that is to begin later runs already, as Durable sees it, and waits for its time.
    /// </param>
    public static OrchestrationState Of(OrchestrationMetadata instance, DateTimeOffset now)
    {
        var start = StartOf(instance);
        return new OrchestrationState(
            instance.InstanceId, instance.Name, StatusOf(instance.RuntimeStatus, start?.StartAt > now),
            instance.CreatedAt.ToUniversalTime(), instance.LastUpdatedAt.ToUniversalTime())
        {
            ExecutionId = start?.Run ?? "",
            Version = start?.Version,
            ParentInstanceId = start?.Parent,
            StartAt = start?.StartAt,
            Input = start?.Input.GetRawText(),
            Output =
                instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Terminated
                ? instance.SerializedOutput : null,
            CustomStatus = instance.SerializedCustomStatus is "null" ? null : instance.SerializedCustomStatus,
            Failure = FailureOf(instance),
        };
    }

    /// <summary>
    /// With Azure Storage behind it, Durable keeps a failure as the output, in the form <c>type: message</c>.
    /// </summary>
    private static FailureDetails? FailureOf(OrchestrationMetadata instance)
    {
        if (
            instance is
            {
                FailureDetails: null,
                RuntimeStatus: OrchestrationRuntimeStatus.Failed,
                SerializedOutput: { } text,
            })
        {
            var parts = text.Split(": ", 2);
            return RecordedFailureException.Read(parts.Length == 2
                ? new TaskFailureDetails(parts[0], parts[1], null, null, null)
                : new TaskFailureDetails("", text, null, null, null));
        }

        return instance.FailureDetails is { } failure ? RecordedFailureException.Read(failure) : null;
    }

    /// <summary>What it was started with; null when it was read without, or was not started by this app.</summary>
    public static InstanceStart? StartOf(OrchestrationMetadata instance) =>
        instance.SerializedInput is { } input ? JsonSerializer.Deserialize<InstanceStart>(input, WorkerJson) : null;

    public static OrchestrationStatus StatusOf(OrchestrationRuntimeStatus status, bool beginsLater = false) =>
        status switch
        {
            OrchestrationRuntimeStatus.Running when beginsLater => OrchestrationStatus.Pending,
            OrchestrationRuntimeStatus.Pending => OrchestrationStatus.Pending,
            OrchestrationRuntimeStatus.Suspended => OrchestrationStatus.Suspended,
            OrchestrationRuntimeStatus.Completed => OrchestrationStatus.Completed,
            OrchestrationRuntimeStatus.Failed => OrchestrationStatus.Failed,
            OrchestrationRuntimeStatus.Terminated => OrchestrationStatus.Terminated,
            _ => OrchestrationStatus.Running,
        };

    /// <summary>As much of a query as Durable understands; <see cref="Fits"/> is the rest.</summary>
    public static Microsoft.DurableTask.Client.OrchestrationQuery QueryOf(InstanceQuery query) => new(
        CreatedFrom: query.CreatedFrom ?? Beginning,
        CreatedTo: query.CreatedBefore,
        Statuses: (query.EndedBefore is null ? query.Statuses : query.Statuses ?? Ended)?
            .Where(status => status != OrchestrationStatus.Blocked)
            .SelectMany(
                status => status == OrchestrationStatus.Pending ? [
                    status, OrchestrationStatus.Running] : new[] { status })
            .Distinct()
            .Select(status => Enum.Parse<OrchestrationRuntimeStatus>(status.ToString())).ToArray(),
        InstanceIdPrefix: query.IdPrefix,
        PageSize: query.PageSize);

    public static bool Fits(OrchestrationState state, InstanceQuery query) =>
        (query.Orchestration is null || state.Orchestration == query.Orchestration)
        && (query.Statuses is null || query.Statuses.Contains(state.Status))
        && (query.CreatedBefore is null || state.CreatedAt < query.CreatedBefore)
        && (query.EndedBefore is null || (state.IsEnded && state.LastUpdatedAt < query.EndedBefore));
}

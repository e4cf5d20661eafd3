using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>How far the schedule has come.</summary>
/// <param name="LastMonth">The month it started a review of last, as <c>yyyy-MM</c>; null before the first.</param>
public sealed record ReviewScheduleState(string? LastMonth);

/// <summary>
/// Starts the review of each month on the policy's day and hour of the month after. Months that passed while nothing
/// ran are caught up, each once: a month's review has one instance id.
/// </summary>
public sealed class ReviewSchedule : Orchestration<ReviewSchedule, ReviewScheduleState, Nothing>
{
    /// <summary>The only instance.</summary>
    public const string InstanceId = "review-schedule";

    /// <summary>Another policy is in force, whose version the payload is: the next review is planned again.</summary>
    public static ExternalEvent<string> PolicyChanged { get; } = new("policy-changed");

    private static readonly HashSet<OrchestrationStatus> Ended =
        [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated];

    private static readonly CallRetryPolicy Retry =
        new(maxAttempts: 100, TimeSpan.FromSeconds(10), backoffCoefficient: 3);

    /// <summary>
    /// Sees to it that the schedule runs, under the policy in force. For homes to call at every start; again does no
    /// harm. A schedule that an admin ended starts again: to hold it, suspend it.
    /// </summary>
    public static async Task EnsureStartedAsync(
        IOrchestrationClient client, PolicyStore policies, CancellationToken cancellation)
    {
        var started = await ScheduleAsync(
            client, new ReviewScheduleState(null), new ScheduleOptions(InstanceId, ReplaceIf: Ended), cancellation);
        if (!started.Created)
        {
            var version = policies.Current.Version;
            await PolicyChanged.RaiseAsync(client, InstanceId, version, "policy|" + version, cancellation);
        }
    }

    /// <summary>The instance id of a month's scheduled review.</summary>
    public static string IdOf(string month) => "review-" + month;

    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(OrchestrationContext context, ReviewScheduleState input)
    {
        var next = await PlanNextReview.CallAsync(context, new PlanNextInput(input.LastMonth, context.UtcNow), Retry);
        context.SetCustomStatus(next);
        if (next.DueAt > context.UtcNow)
        {
            var wait = await PolicyChanged.WaitAsync(context, next.DueAt);
            if (!wait.TimedOut)
            {
                context.ContinueAsNew(input);
                return Nothing.Value;
            }
        }

        MonthlyReview.Start(context, new ReviewInput(next.Month, StaffId.System, IsByHand: false), IdOf(next.Month));
        context.ContinueAsNew(new ReviewScheduleState(next.Month));
        return Nothing.Value;
    }
}

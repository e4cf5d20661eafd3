using Workflows.Platform;

namespace Workflows.Benchmarks.Lifecycles;

/// <summary>
/// The lifecycle that is measured: six activities in a row, the external event <c>approved</c>, three more activities,
/// a durable timer of 0.2 s, two more activities.
/// </summary>
internal sealed class BenchmarkLifecycle : Orchestration<BenchmarkLifecycle, Inquiry, Receipt>
{
    public static readonly ExternalEvent<Decision> Approved = new("approved");
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public override async Task<Receipt> RunAsync(OrchestrationContext context, Inquiry input)
    {
        var steps = await TakeStepsAsync(context, steps: 0, count: 6);
        var wait = Approved.WaitAsync(context);
        if (!context.IsReplaying)
        {
            Waiting.Tell(context.InstanceId);
        }

        var decision = await wait;
        steps = await TakeStepsAsync(context, steps, count: 3);
        await context.CreateTimerAsync(Pause);
        steps = await TakeStepsAsync(context, steps, count: 2);
        return new Receipt(input.Number, steps, decision.By);
    }

    private static async Task<int> TakeStepsAsync(OrchestrationContext context, int steps, int count)
    {
        for (var i = 0; i < count; i++)
        {
            steps = await BenchmarkStep.CallAsync(context, steps);
        }

        return steps;
    }
}

/// <summary>One step. Idempotent: it has no effect but its result.</summary>
internal sealed class BenchmarkStep : Activity<BenchmarkStep, int, int>
{
    public override Task<int> RunAsync(ActivityContext context, int input) => Task.FromResult(input + 1);
}

/// <summary>What a lifecycle starts with.</summary>
internal sealed record Inquiry(int Number, string Buyer, string Product);

/// <summary>The decision that it waits for.</summary>
internal sealed record Decision(string By, string Comment);

/// <summary>What it ends with.</summary>
internal sealed record Receipt(int Number, int Steps, string ApprovedBy);

/// <summary>
/// How the outside learns that a lifecycle waits. Asking the engine again and again, or a custom status, would measure
/// the asking; so the orchestrator itself says so, in memory, in the turn in which it begins to wait. That turn's
/// commit is still under way then: the approval may reach the engine a commit before the wait is on the disk, is kept
/// by the engine as any early event is, and the time from approval to done then includes that commit. It is never
/// shortened by it.
/// </summary>
internal static class Waiting
{
    /// <summary>Who hears of it; set before the first lifecycle starts.</summary>
    public static Action<string>? Heard { get; set; }

    public static void Tell(string instanceId) => Heard?.Invoke(instanceId);
}

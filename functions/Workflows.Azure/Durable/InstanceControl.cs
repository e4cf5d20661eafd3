using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable.Signals;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>What a person does to an instance that runs: holds it, lets it go on, ends it.</summary>
internal sealed class InstanceControl(DurableClient durable, SignalTable signals, TimeProvider clock)
{
    private const int LooksBetweenAsks = 8;

    /// <summary>How long a call waits for Durable to carry out what it has taken.</summary>
    private static readonly Looks Carried = new(TimeSpan.FromMilliseconds(250), Limit: TimeSpan.FromSeconds(30));

    public async Task<OperationOutcome> SuspendAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        var instance = await durable.FindAsync(instanceId, cancellation);
        if (instance is not { IsCompleted: false, RuntimeStatus: not OrchestrationRuntimeStatus.Suspended })
        {
            return instance is null ? OperationOutcome.NotFound : OperationOutcome.NoChange;
        }

        await signals.KeepReasonAsync(instanceId, reason, cancellation);
        return await TryAsync(instanceId, durable.SuspendAsync(instanceId, reason, cancellation), cancellation)
            && await IsReachedAsync(instanceId, isSuspended: true, cancellation)
                ? OperationOutcome.Done
                : OperationOutcome.NoChange;
    }

    public async Task<OperationOutcome> ResumeAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        var instance = await durable.FindAsync(instanceId, cancellation);
        if (instance is not { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
        {
            return instance is null ? OperationOutcome.NotFound : OperationOutcome.NoChange;
        }

        if (!await TryAsync(instanceId, durable.ResumeAsync(instanceId, reason, cancellation), cancellation))
        {
            return OperationOutcome.NoChange;
        }

        // One that has ended by now went on to its end.
        await IsReachedAsync(instanceId, isSuspended: false, cancellation);
        return OperationOutcome.Done;
    }

    public async Task<OperationOutcome> TerminateAsync(
        string instanceId, string reason, bool recursive, CancellationToken cancellation)
    {
        var instance = await durable.FindAsync(instanceId, cancellation);
        if (instance is not { IsCompleted: false })
        {
            return instance is null ? OperationOutcome.NotFound : OperationOutcome.NoChange;
        }

        await signals.KeepReasonAsync(instanceId, reason, cancellation);
        await EndAsync(instanceId, reason, cancellation);
        if (recursive)
        {
            await EndChildrenAsync(instanceId, reason, cancellation);
        }

        return OperationOutcome.Done;
    }

    /// <summary>
    /// Durable ends no children where Azure Storage is behind it, and keeps no list of them: this looks through all
    /// that has not ended, which takes its time, and is rare.
    /// </summary>
    private async Task EndChildrenAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        var children = new List<string>();
        var open = new InstanceQuery
        {
            Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Pending, OrchestrationStatus.Suspended],
            PageSize = InstanceList.AtOnce,
        };
        var pages = Pages.ReadAllAsync(from => InstanceList.ReadAsync(
            durable, open with { Continuation = from }, clock.GetUtcNow(), cancellation));
        await foreach (var page in pages)
        {
            children.AddRange(
                page.Items.Where(each => each.ParentInstanceId == instanceId).Select(each => each.InstanceId));
        }

        foreach (var child in children)
        {
            await TerminateAsync(child, reason, recursive: true, cancellation);
        }
    }

    /// <summary>
    /// Ends an instance, and waits for it as long as is reasonable. Durable may drop what comes to one that has not
    /// begun, so it is asked again.
    /// </summary>
    public Task EndAsync(string instanceId, string reason, CancellationToken cancellation) =>
        Carried.UntilAsync(
            async before => (before % LooksBetweenAsks == 0 && !await TryAsync(
                instanceId, durable.TerminateAsync(instanceId, reason, cancellation), cancellation))
                || await durable.FindAsync(instanceId, cancellation) is not { IsCompleted: false },
            cancellation);

    /// <summary>
    /// Waits until what Durable has taken is carried out, as long as is reasonable: the next call must see it.
    /// </summary>
    /// <returns>False when the instance has ended meanwhile.</returns>
    private async Task<bool> IsReachedAsync(string instanceId, bool isSuspended, CancellationToken cancellation)
    {
        var runs = true;
        await Carried.UntilAsync(
            async _ =>
            {
                var instance = await durable.FindAsync(instanceId, cancellation);
                runs = instance is { IsCompleted: false };
                return !runs
                    || isSuspended == (instance!.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
            },
            cancellation);
        return runs;
    }

    /// <summary>
    /// The host refuses what does not fit an instance's state, which may be another since it was looked at.
    /// </summary>
    /// <returns>False when the instance has ended meanwhile.</returns>
    private async Task<bool> TryAsync(string instanceId, Task request, CancellationToken cancellation)
    {
        try
        {
            await request;
            return true;
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            if (await durable.FindAsync(instanceId, cancellation) is { IsCompleted: false })
            {
                throw;
            }

            return false;
        }
    }
}

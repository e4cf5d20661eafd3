using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable.Signals;
using Workflows.Platform;
using OrchestrationQuery = Microsoft.DurableTask.Client.OrchestrationQuery;

namespace Workflows.Azure.Durable;

/// <summary>What a person does to an instance that runs: holds it, lets it go on, ends it.</summary>
internal sealed class InstanceControl(DurableClient durable, SignalTable signals)
{
    /// <summary>With inputs, a page of them must fit into one message of Durable's (4 MB).</summary>
    private const int ChildrenAtOnce = 50;

    /// <summary>How long a call waits for Durable to carry out what it has taken.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private DurableTaskClient Client => durable.Current;

    public async Task<OperationOutcome> SuspendAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        var instance = await Client.GetInstanceAsync(instanceId, false, cancellation);
        if (instance is not { IsCompleted: false, RuntimeStatus: not OrchestrationRuntimeStatus.Suspended })
        {
            return instance is null ? OperationOutcome.NotFound : OperationOutcome.NoChange;
        }

        await signals.KeepReasonAsync(instanceId, reason, cancellation);
        return await TryAsync(instanceId, Client.SuspendInstanceAsync(instanceId, reason, cancellation), cancellation)
            ? OperationOutcome.Done : OperationOutcome.NoChange;
    }

    public async Task<OperationOutcome> ResumeAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        var instance = await Client.GetInstanceAsync(instanceId, false, cancellation);
        if (instance is not { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
        {
            return instance is null ? OperationOutcome.NotFound : OperationOutcome.NoChange;
        }

        return await TryAsync(instanceId, Client.ResumeInstanceAsync(instanceId, reason, cancellation), cancellation)
            ? OperationOutcome.Done : OperationOutcome.NoChange;
    }

    public async Task<OperationOutcome> TerminateAsync(
        string instanceId, string reason, bool recursive, CancellationToken cancellation)
    {
        var instance = await Client.GetInstanceAsync(instanceId, false, cancellation);
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
    /// Durable ends no children where Azure Storage is behind it, and keeps no list of them: this looks through all that has
    /// not ended, which takes its time, and is rare.
    /// </summary>
    private async Task EndChildrenAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        var children = new List<string>();
        var open = new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended],
            PageSize: ChildrenAtOnce,
            FetchInputsAndOutputs: true);
        await foreach (var page in Client.GetAllInstancesAsync(open).AsPages().WithCancellation(cancellation))
        {
            children.AddRange(page.Values.Where(each => States.StartOf(each)?.Parent == instanceId).Select(each => each.InstanceId));
        }

        foreach (var child in children)
        {
            await TerminateAsync(child, reason, recursive: true, cancellation);
        }
    }

    /// <summary>Ends an instance, and waits for it as long as is reasonable.</summary>
    public async Task EndAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        if (!await TryAsync(instanceId, Client.TerminateInstanceAsync(instanceId, new TerminateInstanceOptions(reason), cancellation), cancellation))
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await Client.WaitForInstanceCompletionAsync(instanceId, false, patience.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // Durable has taken it, and will carry it out when it comes to it.
        }
    }

    /// <summary>The host refuses what does not fit an instance's state, which may be another since it was looked at.</summary>
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
            if (await Client.GetInstanceAsync(instanceId, false, cancellation) is { IsCompleted: false })
            {
                throw;
            }

            return false;
        }
    }
}

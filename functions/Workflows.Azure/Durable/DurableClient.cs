using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Workflows.Platform;
using HistoryEvent = DurableTask.Core.History.HistoryEvent;

namespace Workflows.Azure.Durable;

/// <summary>
/// What this home asks of the Functions host. The host hands a client to functions that ask for one, and to nothing
/// else: each function that may need it passes it on here; it is the same for the life of the worker. Each call throws
/// <see cref="HomeUnavailableException"/> when the host does not answer; it may have done what it was asked for.
/// </summary>
public sealed class DurableClient(InstanceRows rows)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private DurableTaskClient? _client;

    private DurableTaskClient Host =>
        _client ?? throw new InvalidOperationException("The function that runs does not ask for a [DurableClient].");

    /// <summary>Takes the host's client.</summary>
    public void Use(DurableTaskClient client) => _client = client;

    /// <summary>An instance without its payloads; null when there is none.</summary>
    public Task<OrchestrationMetadata?> FindAsync(string instanceId, CancellationToken cancellation) =>
        FindAsync(instanceId, withPayloads: false, cancellation);

    /// <summary>An instance with its payloads; without them when no message carries it.</summary>
    public async Task<OrchestrationMetadata?> FindWithPayloadsAsync(string instanceId, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(instanceId, withPayloads: true, cancellation);
        }
        catch (RpcException failed) when (IsTooLarge(failed))
        {
            return await FindAsync(instanceId, cancellation);
        }
    }

    /// <summary>A page of instances.</summary>
    /// <returns>Null when no message carries it.</returns>
    public async Task<Microsoft.DurableTask.Page<OrchestrationMetadata>?> FindPageAsync(
        OrchestrationQuery query, string? continuation, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(ReadAsync, cancellation);
        }
        catch (RpcException failed) when (IsTooLarge(failed))
        {
            return null;
        }

        async Task<Microsoft.DurableTask.Page<OrchestrationMetadata>> ReadAsync(DurableTaskClient host)
        {
            var pages = host.GetAllInstancesAsync(query).AsPages(continuation, query.PageSize);
            await foreach (var page in pages.WithCancellation(cancellation))
            {
                return page;
            }

            return new Microsoft.DurableTask.Page<OrchestrationMetadata>([], null);
        }
    }

    /// <summary>The history of an instance.</summary>
    public Task<IList<HistoryEvent>> HistoryOfAsync(string instanceId, CancellationToken cancellation) =>
        AskAsync(host => host.GetOrchestrationHistoryAsync(instanceId, cancellation), cancellation);

    /// <summary>Starts an instance. One of this id that has ended is replaced.</summary>
    public Task StartAsync(
        string orchestration, string instanceId, InstanceStart start, CancellationToken cancellation) =>
        AskAsync(
            host =>
                host.ScheduleNewOrchestrationInstanceAsync(
                    orchestration, start, new StartOrchestrationOptions(instanceId), cancellation),
            cancellation);

    /// <summary>Gives an event to an instance.</summary>
    /// <exception cref="RpcException">
    /// The host takes none for this instance: it is not there, or not any more.
    /// </exception>
    public Task RaiseAsync(string instanceId, string eventName, object payload, CancellationToken cancellation) =>
        DoAsync(host => host.RaiseEventAsync(instanceId, eventName, payload, cancellation), cancellation);

    /// <summary>Asks for the end of an instance.</summary>
    /// <exception cref="RpcException">It has ended, or is not there.</exception>
    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellation) =>
        DoAsync(
            host => host.TerminateInstanceAsync(instanceId, new TerminateInstanceOptions(reason), cancellation),
            cancellation);

    /// <summary>Asks for an instance to be held.</summary>
    /// <exception cref="RpcException">It is held, has ended, or is not there.</exception>
    public Task SuspendAsync(string instanceId, string reason, CancellationToken cancellation) =>
        DoAsync(host => host.SuspendInstanceAsync(instanceId, reason, cancellation), cancellation);

    /// <summary>Asks for an instance to go on.</summary>
    /// <exception cref="RpcException">It is not held, or is not there.</exception>
    public Task ResumeAsync(string instanceId, string reason, CancellationToken cancellation) =>
        DoAsync(host => host.ResumeInstanceAsync(instanceId, reason, cancellation), cancellation);

    /// <summary>Waits for the end of an instance that is there.</summary>
    public Task WaitForEndAsync(string instanceId, CancellationToken cancellation) =>
        AskAsync(host => host.WaitForInstanceCompletionAsync(instanceId, false, cancellation), cancellation);

    /// <summary>Removes an instance that has ended.</summary>
    public Task PurgeAsync(string instanceId, CancellationToken cancellation) =>
        AskAsync(host => host.PurgeInstanceAsync(instanceId, cancellation), cancellation);

    private async Task<OrchestrationMetadata?> FindAsync(
        string instanceId, bool withPayloads, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(host => host.GetInstanceAsync(instanceId, withPayloads, cancellation), cancellation);
        }
        catch (HomeUnavailableException failed) when (
            failed.InnerException is RpcException { StatusCode: StatusCode.Unknown })
        {
            // If it is the row that the host could not read, it can still read the history.
            if (!await rows.TryMendAsync(instanceId, await HistoryOfAsync(instanceId, cancellation), cancellation))
            {
                throw;
            }
        }

        return await AskAsync(host => host.GetInstanceAsync(instanceId, withPayloads, cancellation), cancellation);
    }

    private async Task DoAsync(Func<DurableTaskClient, Task> act, CancellationToken cancellation) => await AskAsync(
        async host =>
        {
            await act(host);
            return true;
        },
        cancellation);

    private async Task<T> AskAsync<T>(Func<DurableTaskClient, Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask(Host);
        }
        catch (RpcException failed) when (IsPassing(failed.StatusCode) && !cancellation.IsCancellationRequested)
        {
            throw new HomeUnavailableException("The orchestrations do not answer.", RetryAfter, failed);
        }
    }

    /// <summary>
    /// The host answers with <c>Unknown</c> where it failed itself: its storage did not answer, it ends just now, it
    /// cannot read a row.
    /// </summary>
    private static bool IsPassing(StatusCode status) => status is StatusCode.Unavailable or StatusCode.DeadlineExceeded
        or StatusCode.Internal or StatusCode.Unknown or StatusCode.Aborted or StatusCode.Cancelled;

    private static bool IsTooLarge(RpcException failed) => failed.StatusCode == StatusCode.ResourceExhausted;
}

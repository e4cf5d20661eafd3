using System.Reflection;
using System.Runtime.ExceptionServices;
using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Entities;
using DurableTask.Core.History;
using DurableTask.Core.Query;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>Everything that Durable asks of its storage engine.</summary>
public interface IDurableStorage :
    IOrchestrationService, IOrchestrationServiceClient, IOrchestrationServiceQueryClient,
    IOrchestrationServicePurgeClient,
    IEntityOrchestrationService;

/// <summary>
/// The official storage engine, with two things taken out of it: what has to wait waits for the virtual clock, and
/// a client that waits for the end of an instance looks more often than every two seconds.
/// </summary>
public class DurableStorage : DispatchProxy
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    private AzureStorageOrchestrationService _official = null!;
    private DurableHub _hub = null!;
    private int _starts;

    /// <summary>Puts itself before the official engine.</summary>
    internal static IDurableStorage Over(AzureStorageOrchestrationService official, DurableHub hub)
    {
        var storage = Create<IDurableStorage, DurableStorage>();
        var proxy = (DurableStorage)(object)storage;
        (proxy._official, proxy._hub) = (official, hub);
        return storage;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod!.Name, args) switch
    {
        // The extension starts it once for its functions and once for its clients.
        (nameof(IOrchestrationService.StartAsync), _) when Interlocked.Increment(ref _starts) > 1 => Task.CompletedTask,
        (nameof(IOrchestrationService.CompleteTaskOrchestrationWorkItemAsync),
            [_, _, IList<TaskMessage> activities, _, IList<TaskMessage> timers, _, _]) =>
            CompleteTurnAsync(targetMethod, args, activities, timers),
        (nameof(IOrchestrationService.CompleteTaskActivityWorkItemAsync), [_, TaskMessage result]) =>
            Measured(targetMethod, args, result),
        (nameof(IOrchestrationServiceClient.SendTaskOrchestrationMessageAsync), [TaskMessage sent]) =>
            Measured(targetMethod, args, sent),
        (nameof(IOrchestrationServiceClient.CreateTaskOrchestrationAsync),
            [TaskMessage { Event: ExecutionStartedEvent { ScheduledStartTime: { } start } } creation, ..]) =>
            ScheduleAsync(targetMethod, args, creation, start),
        (
            nameof(IOrchestrationServiceClient.WaitForOrchestrationAsync),
            [string id, string or null, TimeSpan, CancellationToken cancellation]) =>
            WaitAsync(id, cancellation),
        _ => Call(targetMethod, args),
    };

    private async Task CompleteTurnAsync(
        MethodInfo complete, object?[] args, IList<TaskMessage> activities, IList<TaskMessage> timers)
    {
        args[4] = new List<TaskMessage>();
        await (Task)Call(complete, args)!;
        _hub.Meter.Count(activities, timers.Count);
        foreach (var timer in timers)
        {
            _hub.Timers.HoldTimer(timer);
        }
    }

    /// <summary>
    /// The instance is there and pending at once; what starts it, the storage would hold back for seven days at most.
    /// </summary>
    private async Task ScheduleAsync(MethodInfo create, object?[] args, TaskMessage creation, DateTime start)
    {
        var scheduled = (ExecutionStartedEvent)creation.Event;
        scheduled.ScheduledStartTime = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(6);
        await (Task)Call(create, args)!;
        _hub.Timers.HoldStart(start, new TaskMessage
        {
            OrchestrationInstance = creation.OrchestrationInstance,
            Event = new ExecutionStartedEvent(-1, scheduled.Input)
            {
                Name = scheduled.Name,
                Version = scheduled.Version,
                OrchestrationInstance = scheduled.OrchestrationInstance,
                Tags = scheduled.Tags,
                Generation = scheduled.Generation,
            },
        });
    }

    private async Task<OrchestrationState?> WaitAsync(string id, CancellationToken cancellation)
    {
        // Many may wait at once, and each look is a request.
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var states = await _official.GetOrchestrationStateAsync(id, allExecutions: false);
            if (states.FirstOrDefault() is
                {
                    OrchestrationStatus: OrchestrationStatus.Completed or OrchestrationStatus.Failed
                    or OrchestrationStatus.Terminated or OrchestrationStatus.Canceled
                } ended)
            {
                return ended;
            }

            await Task.Delay(pause, TimeProvider.System, cancellation);
        }
    }

    private object? Measured(MethodInfo send, object?[] args, TaskMessage message)
    {
        _hub.Meter.Count(message);
        return Call(send, args);
    }

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return method.Invoke(_official, args);
        }
        catch (TargetInvocationException failed)
        {
            ExceptionDispatchInfo.Throw(failed.InnerException!);
            throw;
        }
    }
}

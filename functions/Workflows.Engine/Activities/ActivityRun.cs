using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Mails;
using Workflows.Engine.Storage;
using Workflows.Engine.Tables;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Activities;

/// <summary>One run of an activity, from its start until its completion is durable.</summary>
internal sealed class ActivityRun(
    LiveInstance instance, InstanceRow row, ScheduledAction scheduled, int attempt, int conflicts = 0)
{
    private TaskCompletionSource? _finished;
    private TableTransaction? _tables;
    private ActivityMail? _mail;

    public LiveInstance Instance { get; } = instance;

    public InstanceRow Row { get; } = row;

    public ScheduledAction Scheduled { get; } = scheduled;

    public int Attempt { get; } = attempt;

    /// <summary>How often the activity was run again because others changed rows that it wrote conditionally.</summary>
    public int Conflicts { get; } = conflicts;

    public RunPlace Place => new(Row.Key, Row.Generation, Scheduled.Action.TaskId);

    /// <summary>
    /// Completes when the activity has run, or is not run any more. To be called before the run starts.
    /// </summary>
    public Task WhenFinished => (_finished ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public bool HasWrites => _tables is { IsEmpty: false } || _mail is { IsEmpty: false };

    public bool HasMails => _mail is { IsEmpty: false };

    /// <summary>Lets this run complete what waits for another one.</summary>
    public void Follows(ActivityRun other) => _finished = other._finished;

    public void Finish() => _finished?.TrySetResult();

    public ActivityRun Again() => new(Instance, Row, Scheduled, Attempt + 1, Conflicts + 1);

    /// <summary>Runs the activity and posts its completion to the instance. Never throws.</summary>
    public async Task RunAsync(ActivityServices services)
    {
        await RunOnceAsync(services);
        Finish();
    }

    private async Task RunOnceAsync(ActivityServices services)
    {
        if (services.Catalog.FindActivity(Scheduled.Action.Name) is not { } descriptor)
        {
            Complete(null, Failures.UnknownActivity(Scheduled.Action.Name));
            return;
        }

        try
        {
            var input = Payloads.Read(Scheduled.Input, descriptor.InputType);
            await using var scope = services.Scopes.CreateAsyncScope();
            var activity = services.Create(descriptor, scope.ServiceProvider);
            var result = await activity.RunAsync(NewContext(services), input);
            Complete(services.Payloads.Write(result, descriptor.ResultType), null);
        }
        catch (Exception) when (services.Stopping.IsCancellationRequested)
        {
            // The engine stops. Whatever the activity made of that, it runs again after the start.
            DropWrites();
        }
        catch (HomeUnavailableException)
        {
            services.RunLater(this);
        }
        catch (DamagedDataException exception)
        {
            DropWrites();
            Instance.Registry.Post(Instance.Id, new DamageReport(this, exception.Message));
        }
        catch (Exception exception)
        {
            DropWrites();
            Complete(null, Failures.Of(exception));
        }
    }

    public RowConflictException? FindConflict(Connection connection) => _tables?.FindConflict(connection);

    public void Write(Connection connection)
    {
        _tables?.Write(connection);
        _mail?.Write(connection);
    }

    /// <summary>Completes the activity with a failure, because others changed its rows too often.</summary>
    public void FailOfConflict()
    {
        DropWrites();
        Complete(null, Failures.Of(new InvalidOperationException(
            $"Rows that activity '{Scheduled.Action.Name}' writes were changed by others each of the {Conflicts + 1} "
            + "times it ran.")));
    }

    private EngineActivityContext NewContext(ActivityServices services)
    {
        _tables = new TableTransaction(services.Database, services.Options);
        _mail = new ActivityMail(services.Outbox);
        return new EngineActivityContext(this, services, new ActivityTables(_tables), _mail);
    }

    private void DropWrites()
    {
        _tables = null;
        _mail = null;
    }

    private void Complete(byte[]? result, byte[]? failure)
    {
        var completed = new TaskCompleted(Row.Generation, Scheduled.Action.TaskId, result, failure);
        var message = new OrchestratorMessage(completed) { Key = Row.Key, Activity = this };
        Instance.Registry.Post(Instance.Id, message, runHere: true);
    }
}

/// <summary>The activity of an execution that a run is of.</summary>
internal readonly record struct RunPlace(long Key, int Generation, int TaskId);

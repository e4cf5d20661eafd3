using System.Globalization;
using Workflows.Platform;

namespace Workflows.Engine.Activities;

/// <summary>The context of a running activity.</summary>
internal sealed class EngineActivityContext(
    ActivityRun run, ActivityServices services, ITableStore tables, IMailOutbox mail) : ActivityContext
{
    public override string InstanceId => run.Row.Id;

    public override string Name => run.Scheduled.Action.Name;

    public override int TaskId => run.Scheduled.Action.TaskId;

    public override int Attempt => run.Attempt;

    public override string IdempotencyKey { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Row.ExecutionId(services.Database.FileId)}/{run.Row.Generation}/{run.Scheduled.Action.TaskId}");

    public override DateTimeOffset UtcNow => services.Clock.GetUtcNow();

    public override ITableStore Tables => tables;

    public override IMailOutbox Mail => mail;

    public override CancellationToken Stopping => services.Stopping;
}

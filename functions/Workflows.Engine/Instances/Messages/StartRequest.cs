using Workflows.Platform;

namespace Workflows.Engine.Instances.Messages;

/// <summary>A request to schedule the instance.</summary>
internal sealed class StartRequest(string orchestration, byte[]? input, ScheduleOptions options) : InstanceMessage
{
    private readonly TaskCompletionSource<ScheduleOutcome> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Orchestration { get; } = orchestration;

    public byte[]? Input { get; } = input;

    public ScheduleOptions Options { get; } = options;

    public Task<ScheduleOutcome> Done => _done.Task;

    public override bool IsRequest => true;

    public void Answer(bool created) => _done.TrySetResult(new ScheduleOutcome(Options.InstanceId, created));

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

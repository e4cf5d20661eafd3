using Microsoft.DurableTask;

namespace Workflows.Azure.Durable;

/// <summary>
/// An orchestrator's clock, UTC. Durable takes each turn's time from the machine that runs it, so it would run back
/// where that machine's clock is behind the last one's; this one stands still until the other has caught up.
/// </summary>
internal sealed class OrchestrationClock(TaskOrchestrationContext context)
{
    private DateTime _latest = DateTime.MinValue;

    /// <summary>The turn's time, or the latest that was given before it.</summary>
    public DateTime UtcNow
    {
        get
        {
            var now = context.CurrentUtcDateTime;
            _latest = now > _latest ? now : _latest;
            return DateTime.SpecifyKind(_latest, DateTimeKind.Utc);
        }
    }
}

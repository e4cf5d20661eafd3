using Microsoft.Extensions.Logging;
using Workflows.Engine.Instances.Changes;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Decides whether this build can run an instance, and may by its version policy.</summary>
internal sealed class Compatibility(DurableCatalog catalog, EngineOptions options, ILogger log)
{
    /// <summary>
    /// The row of an instance that this build does not run: blocked until another build runs it, or failed if the
    /// policy says so. Null when this build runs it.
    /// </summary>
    public InstanceRow? RowIfIncompatible(InstanceRow row, long now)
    {
        var versions = options.Versions;
        if (catalog.FindOrchestration(row.Name) is null)
        {
            return Blocked(row, $"There is no orchestration '{row.Name}' in this build.", now);
        }

        if (versions.Accepts(row.Version))
        {
            return null;
        }

        var reason = $"It has version '{row.Version}', and this build, of version '{versions.DefaultVersion}', runs "
            + (versions.Match == VersionMatch.Strict ? "only its own." : "its own and older ones.");
        return versions.Failure == VersionFailure.Reject ? Blocked(row, reason, now) : row with
        {
            Status = OrchestrationStatus.Failed,
            Output = Failures.VersionRefused(reason),
            Ended = now,
            Updated = now,
        };
    }

    /// <summary>What is written for the row of an incompatible instance.</summary>
    public static InstanceChanges Changes(InstanceRow incompatible) => new()
    {
        After = new DurableState(incompatible),
        UpdatesRow = true,
        MarksWorking = incompatible.Status.IsEnded() ? null : true,
        Report = incompatible.Status.IsEnded() && incompatible.Parent is not null ? (null, incompatible.Output) : null,
    };

    private InstanceRow Blocked(InstanceRow row, string reason, long now)
    {
        log.InstanceBlocked(row.Id, reason);
        return row with { Status = OrchestrationStatus.Blocked, Reason = reason, Updated = now };
    }
}

using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Instances that the present build cannot run, or may not.</summary>
internal sealed partial class LiveInstance
{
    /// <summary>The row as it waits for another build, or ends for want of one; null when this build runs it.</summary>
    private InstanceRow? Unfit(InstanceRow row)
    {
        var versions = Registry.Options.Versions;
        if (Registry.Turns.Catalog.FindOrchestration(row.Name) is null)
        {
            return Waiting(row, $"There is no orchestration '{row.Name}' in this build.");
        }

        if (versions.Accepts(row.Version))
        {
            return null;
        }

        var reason = $"It has version '{row.Version}', and this build, of version '{versions.DefaultVersion}', runs "
            + (versions.Match == VersionMatch.Strict ? "only its own." : "its own and older ones.");
        return versions.Failure == VersionFailure.Reject ? Waiting(row, reason) : Failed(row, Failures.VersionRefused(reason));
    }

    private InstanceRow Failed(InstanceRow row, byte[] failure) =>
        row with { Status = OrchestrationStatus.Failed, Output = failure, Ended = Now, Updated = Now };

    private InstanceRow Waiting(InstanceRow row, string reason)
    {
        Registry.Log.InstanceBlocked(Id, reason);
        return row with { Status = OrchestrationStatus.Blocked, Reason = reason, Updated = Now };
    }

    private InstanceWrite UnfitWrite(InstanceRow unfit) => new(Registry.Database, this, unfit)
    {
        UpdatesRow = true,
        Working = unfit.Status.IsEnded() ? null : true,
        Report = unfit.Status.IsEnded() && unfit.Parent is not null ? (null, unfit.Output) : null,
    };
}

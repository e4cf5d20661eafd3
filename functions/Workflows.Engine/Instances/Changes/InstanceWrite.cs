using Workflows.Engine.Activities;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Storage;

namespace Workflows.Engine.Instances.Changes;

/// <summary>
/// The write of an instance's changes. It is on its way until it has committed, however long the storage fails, unless
/// it creates an instance: then a caller waits, who may ask again.
/// </summary>
internal sealed class InstanceWrite(LiveInstance instance, InstanceChanges changes) : WriteItem
{
    private IReadOnlyList<(string Id, InstanceMessage Message)> _outgoing = [];

    public InstanceChanges Changes => changes;

    /// <summary>
    /// The activity whose rows were changed by others meanwhile, when the write was rejected for that.
    /// </summary>
    public ActivityRun? Conflicting { get; private set; }

    public override bool KeepsTrying => !changes.IsNew;

    public override bool Apply(Connection connection)
    {
        Conflicting = null;
        foreach (var activity in changes.Activities)
        {
            if (activity.FindConflict(connection) is not null)
            {
                Conflicting = activity;
                return false;
            }
        }

        var writer = new ChangeWriter(instance.Registry, connection, changes);
        var written = writer.Write();
        _outgoing = writer.Outgoing;
        return written;
    }

    public override void Committed()
    {
        foreach (var answer in changes.WhenDurable)
        {
            answer();
        }

        foreach (var (id, message) in _outgoing)
        {
            instance.Registry.Post(id, message);
        }

        if (changes.Activities.Any(activity => activity.HasMails))
        {
            instance.Registry.MailSignal.Set();
        }

        instance.OnWritten(this, committed: true);
    }

    public override void Rejected() => instance.OnWritten(this, committed: false);

    public override void Failed(Exception exception) => instance.OnFailed(this, exception);

    public override void Delayed(Exception exception) => instance.OnDelayed(this, exception);
}

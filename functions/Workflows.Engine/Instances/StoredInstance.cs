using Workflows.Engine.History;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// All that the file keeps of an instance that can run, as of one moment; of an ended one its row and inbox.
/// </summary>
internal sealed record StoredInstance(
    InstanceRow Row,
    List<StoredTurn> Turns,
    List<(long Seq, Message Message)> Inbox,
    Dictionary<int, ActivityStarts> Starts,
    bool IsWorking)
{
    /// <exception cref="DamagedDataException">The row or an inbox message is not what was written.</exception>
    public static StoredInstance? Read(Connection connection, string id)
    {
        if (InstanceStatements.Find(connection, id) is not { } row)
        {
            return null;
        }

        var inbox = InboxStatements.Read(connection, row.Key);
        return row.Status.IsEnded()
            ? new StoredInstance(row, [], inbox, [], IsWorking: false)
            : new StoredInstance(
                row,
                HistoryStatements.Read(connection, row.Key),
                inbox,
                WorkStatements.ReadStarts(connection, row.Key, row.Generation),
                WorkStatements.IsWorking(connection, row.Key));
    }
}

using Azure;
using Azure.Data.Tables;
using DurableTask.Core.History;
using Workflows.Azure.Storage;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>
/// Mends rows of the hub's that no host can read. Durable writes an instance's history first and its row after it: a
/// process that dies in between, in the first turn of a sub-orchestration, leaves a row without the name, and no later
/// turn adds it. The host then answers no question about the instance and delivers nothing to it.
/// </summary>
public sealed class InstanceRows(TableServiceClient tables)
{
    /// <summary>Of the hub that host.json names.</summary>
    private const string Table = "WorkflowsInstances";

    /// <summary>Half of what a property holds. Durable keeps longer inputs elsewhere.</summary>
    private const int LongestInput = 16 * 1024;

    /// <summary>Gives a row what it lacks, from the instance's history.</summary>
    /// <returns>False when it lacks nothing.</returns>
    /// <exception cref="HomeUnavailableException">The storage does not answer.</exception>
    public async Task<bool> TryMendAsync(
        string instanceId, IEnumerable<HistoryEvent> history, CancellationToken cancellation)
    {
        var rows = tables.GetTableClient(Table);
        try
        {
            if (history.OfType<ExecutionStartedEvent>().LastOrDefault() is not { } started
                || await rows.GetEntityIfExistsAsync<TableEntity>(instanceId, "", cancellationToken: cancellation)
                    is not { HasValue: true, Value: { } row }
                || row.ContainsKey("Name"))
            {
                return false;
            }

            var lacking = new TableEntity(row.PartitionKey, row.RowKey)
            {
                ["Name"] = started.Name,
                ["Version"] = started.Version,
                ["CreatedTime"] = DateTime.SpecifyKind(started.Timestamp, DateTimeKind.Utc),
                ["Input"] = started.Input?.Length <= LongestInput ? started.Input : null,
                ["RuntimeStatus"] = row.GetString("RuntimeStatus") ?? nameof(OrchestrationStatus.Running),
            };
            await rows.UpdateEntityAsync(lacking, row.ETag, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException meanwhile) when (meanwhile.Status is 404 or 412)
        {
            return false;
        }
        catch (Exception exception) when (StorageFailure.IsPassing(exception, cancellation))
        {
            throw StorageFailure.Unavailable(exception);
        }
    }
}

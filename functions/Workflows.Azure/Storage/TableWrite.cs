using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Workflows.Platform;

namespace Workflows.Azure.Storage;

/// <summary>One write: a single operation as itself, several as one transaction.</summary>
internal sealed class TableWrite(TableClient table, IReadOnlyList<TableOperation> operations)
{
    private readonly Guid _id = new(RandomNumberGenerator.GetBytes(16));

    /// <exception cref="RowConflictException">A condition did not hold; nothing was written.</exception>
    /// <exception cref="HomeUnavailableException">
    /// The storage did not answer, and the write is not to be found there.
    /// </exception>
    public async Task<IReadOnlyList<string?>> RunAsync(CancellationToken cancellation)
    {
        var sendings = RetryWatch.Begin();
        try
        {
            return operations.Count == 1
                ? [await SendOneAsync(operations[0], cancellation)]
                : await SendAllAsync(cancellation);
        }
        catch (RequestFailedException failed) when (ConflictOf(failed) is { } conflict)
        {
            return sendings.WereRepeated && await FindAsync(cancellation) is { } written ? written : throw conflict;
        }
        catch (RequestFailedException failed) when (failed.Status is 400 or 413)
        {
            throw new ArgumentException($"The storage takes no such row: {failed.ErrorCode}.", failed);
        }
        catch (Exception exception) when (StorageFailure.IsPassing(exception, cancellation))
        {
            return await FindAfterFailureAsync(cancellation) ?? throw StorageFailure.Unavailable(exception);
        }
    }

    private async Task<string?> SendOneAsync(TableOperation operation, CancellationToken cancellation)
    {
        var row = operation.Row;
        var response = operation.Kind switch
        {
            TableOperationKind.Insert => await table.AddEntityAsync(Entity(row), cancellation),
            TableOperationKind.Upsert =>
                await table.UpsertEntityAsync(Entity(row), TableUpdateMode.Replace, cancellation),
            TableOperationKind.Replace =>
                await table.UpdateEntityAsync(Entity(row), Condition(operation), TableUpdateMode.Replace, cancellation),
            TableOperationKind.Merge =>
                await table.UpdateEntityAsync(Entity(row), Condition(operation), TableUpdateMode.Merge, cancellation),
            TableOperationKind.Delete =>
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, Condition(operation), cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };

        // The one call whose "not found" is an answer and no exception.
        return response.Status == 404 ? throw new RequestFailedException(response)
            : operation.Kind == TableOperationKind.Delete ? null
            : response.Headers.ETag.ToString();
    }

    private async Task<IReadOnlyList<string?>> SendAllAsync(CancellationToken cancellation)
    {
        var answers = await table.SubmitTransactionAsync(operations.Select(ToAction), cancellation);
        return [.. operations.Zip(answers.Value, (operation, answer) =>
            operation.Kind == TableOperationKind.Delete ? null : answer.Headers.ETag.ToString())];
    }

    private TableTransactionAction ToAction(TableOperation operation) => operation.Kind switch
    {
        TableOperationKind.Insert => new(TableTransactionActionType.Add, Entity(operation.Row)),
        TableOperationKind.Upsert => new(TableTransactionActionType.UpsertReplace, Entity(operation.Row)),
        TableOperationKind.Replace =>
            new(TableTransactionActionType.UpdateReplace, Entity(operation.Row), Condition(operation)),
        TableOperationKind.Merge =>
            new(TableTransactionActionType.UpdateMerge, Entity(operation.Row), Condition(operation)),
        TableOperationKind.Delete =>
            new(TableTransactionActionType.Delete, Entity(operation.Row), Condition(operation)),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private RowConflictException? ConflictOf(RequestFailedException failed)
    {
        RowConflict? reason = failed switch
        {
            { Status: 409, ErrorCode: "EntityAlreadyExists" } => RowConflict.Exists,
            { Status: 412 } => RowConflict.Changed,
            { Status: 404, ErrorCode: not "TableNotFound" } => RowConflict.Missing,
            _ => null,
        };
        var row = operations[(failed as TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0].Row;
        return reason is { } known ? new RowConflictException(table.Name, row.PartitionKey, row.RowKey, known) : null;
    }

    /// <summary>The ETags of the rows if they are as this write left them; null if it is not in effect.</summary>
    private async Task<IReadOnlyList<string?>?> FindAsync(CancellationToken cancellation)
    {
        var etags = new List<string?>();
        foreach (var operation in operations)
        {
            var (partition, key) = (operation.Row.PartitionKey, operation.Row.RowKey);
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                partition, key, [EntityCodec.WriteId], cancellation);
            var isDone = operation.Kind == TableOperationKind.Delete
                ? !found.HasValue
                : found.HasValue && found.Value![EntityCodec.WriteId] is Guid id && id == _id;
            if (!isDone)
            {
                return null;
            }

            etags.Add(found.HasValue ? found.Value!.ETag.ToString() : null);
        }

        return etags;
    }

    private async Task<IReadOnlyList<string?>?> FindAfterFailureAsync(CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(cancellation);
        }
        catch (Exception exception) when (
            exception is RequestFailedException || StorageFailure.IsPassing(exception, cancellation))
        {
            return null;
        }
    }

    private TableEntity Entity(TableRow row) => EntityCodec.Write(row, _id);

    private static ETag Condition(TableOperation operation) => new(operation.ETag!);
}

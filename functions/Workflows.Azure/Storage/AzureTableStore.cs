using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Workflows.Platform;

namespace Workflows.Azure.Storage;

/// <summary>
/// The rows in Table Storage. Requests that fail in passing are retried by Azure.Core; a write whose answer was lost is
/// looked for before the failure is reported. Tables are made by the first write that misses them.
/// </summary>
internal sealed class AzureTableStore(TableServiceClient service) : ITableStore
{
    public async Task<TableRow?> GetAsync(
        string table, string partitionKey, string rowKey, CancellationToken cancellation = default)
    {
        TableRules.ThrowIfInvalidTable(table);
        TableRules.ThrowIfInvalidKey(partitionKey, nameof(partitionKey));
        TableRules.ThrowIfInvalidKey(rowKey, nameof(rowKey));
        try
        {
            var found = await service.GetTableClient(table)
                .GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellation);
            return found.HasValue ? EntityCodec.Read(found.Value!) : null;
        }
        catch (Exception exception) when (StorageFailure.IsPassing(exception, cancellation))
        {
            throw StorageFailure.Unavailable(exception);
        }
    }

    public async Task<Platform.Page<TableRow>> QueryAsync(
        string table, TableQuery query, CancellationToken cancellation = default)
    {
        TableRules.ThrowIfInvalidTable(table);
        if (query.PageSize is < 1 or > TableRules.MaxPageSize)
        {
            throw new ArgumentException("A page holds 1 to 1,000 rows.", nameof(query));
        }

        var token = QueryText.TokenOf(query.Continuation);
        try
        {
            var pages = service.GetTableClient(table)
                .QueryAsync<TableEntity>(QueryText.FilterOf(query), query.PageSize, cancellationToken: cancellation)
                .AsPages(token);
            await foreach (var page in pages)
            {
                return new Platform.Page<TableRow>(
                    [.. page.Values.Select(EntityCodec.Read)], QueryText.ContinuationOf(page.ContinuationToken));
            }
        }
        catch (RequestFailedException failed) when (failed.Is(TableErrorCode.TableNotFound))
        {
            // Nobody has written to it yet.
        }
        catch (RequestFailedException failed) when (failed.Status == 400 && token is not null)
        {
            throw new ArgumentException("The continuation is not one that this store gave.", nameof(query), failed);
        }
        catch (Exception exception) when (StorageFailure.IsPassing(exception, cancellation))
        {
            throw StorageFailure.Unavailable(exception);
        }

        return new Platform.Page<TableRow>([], null);
    }

    public async Task<IReadOnlyList<string?>> ExecuteAsync(
        string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default)
    {
        TableRules.ThrowIfInvalidBatch(table, operations);
        var client = service.GetTableClient(table);
        var write = new TableWrite(client, operations);
        try
        {
            return await write.RunAsync(cancellation);
        }
        catch (RequestFailedException failed) when (failed.Is(TableErrorCode.TableNotFound))
        {
            await CreateAsync(client, cancellation);
            return await write.RunAsync(cancellation);
        }
    }

    private static async Task CreateAsync(TableClient client, CancellationToken cancellation)
    {
        try
        {
            await client.CreateIfNotExistsAsync(cancellation);
        }
        catch (Exception exception) when (StorageFailure.IsPassing(exception, cancellation))
        {
            throw StorageFailure.Unavailable(exception);
        }
    }
}

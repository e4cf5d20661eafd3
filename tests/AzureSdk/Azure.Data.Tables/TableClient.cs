using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

public class TableClient
{
    private readonly TableRequests _requests;

    internal TableClient(TableRequests requests, string tableName)
    {
        _requests = requests;
        Name = tableName;
    }

    protected TableClient()
    {
    }

    public virtual string Name { get; }

    /// <summary>An OData filter with its values quoted.</summary>
    public static string CreateQueryFilter(FormattableString filter) => string.Format(
        CultureInfo.InvariantCulture,
        filter.Format,
        [.. filter.GetArguments().Select(argument => argument is string text
            ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : throw new NotSupportedException("This stand-in filters by text."))]);

    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = _requests.CreateTable(Name);
        var response = await SendAsync(message, cancellationToken, 201, 204, 409);
        return response.Status == 409 && new RequestFailedException(response) is { ErrorCode: not "TableAlreadyExists" } other
            ? throw other
            : Response.FromValue(new TableItem(Name), response);
    }

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = _requests.Get(Name, partitionKey, rowKey, Join(select));
        var response = await SendAsync(message, cancellationToken, 200, 404);
        if (response.Status == 404)
        {
            return new NoValue<T>(response);
        }

        using var json = JsonDocument.Parse(response.Content);
        return Response.FromValue(EntityJson.Read<T>(json.RootElement), response);
    }

    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new TablePages<T>(_requests, Name, filter, maxPerPage, Join(select), cancellationToken);

    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _requests.Insert(Name, entity);
        return await SendAsync(message, cancellationToken, 201, 204);
    }

    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _requests.Write(Name, entity, mode, ifMatch: default);
        return await SendAsync(message, cancellationToken, 204);
    }

    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        if (ifMatch == default)
        {
            throw new ArgumentException("Value cannot be empty.", nameof(ifMatch));
        }

        using var message = _requests.Write(Name, entity, mode, ifMatch);
        return await SendAsync(message, cancellationToken, 204);
    }

    /// <summary>A missing entity is no failure here: the answer's status says so.</summary>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = _requests.Delete(Name, partitionKey, rowKey, ifMatch);
        return await SendAsync(message, cancellationToken, 204, 404);
    }

    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var batch = new TableBatch();
        var count = 0;
        foreach (var action in transactionActions)
        {
            using var part = ToMessage(action);
            batch.Add(part.Request);
            count++;
        }

        if (count == 0)
        {
            throw new InvalidOperationException("Transaction contains no operations.");
        }

        using var message = batch.ToMessage(_requests);
        var response = await SendAsync(message, cancellationToken, 202);
        var answers = TableBatch.ReadAnswers(response);
        if (answers.Find(answer => answer.Status >= 400) is { } failed)
        {
            var error = TableErrorParser.Parse(failed.Content.ToMemory().Span);
            throw new TableTransactionFailedException(
                new RequestFailedException(failed.Status, error?.Message ?? failed.ReasonPhrase, error?.Code, innerException: null));
        }

        return Response.FromValue<IReadOnlyList<Response>>(answers, response);
    }

    private HttpMessage ToMessage(TableTransactionAction action)
    {
        var entity = action.Entity;
        return action.ActionType switch
        {
            TableTransactionActionType.Add => _requests.Insert(Name, entity),
            TableTransactionActionType.UpdateMerge => _requests.Write(Name, entity, TableUpdateMode.Merge, action.ETag),
            TableTransactionActionType.UpdateReplace => _requests.Write(Name, entity, TableUpdateMode.Replace, action.ETag),
            TableTransactionActionType.Delete => _requests.Delete(Name, entity.PartitionKey, entity.RowKey, action.ETag),
            TableTransactionActionType.UpsertMerge => _requests.Write(Name, entity, TableUpdateMode.Merge, ifMatch: default),
            TableTransactionActionType.UpsertReplace => _requests.Write(Name, entity, TableUpdateMode.Replace, ifMatch: default),
            _ => throw new InvalidOperationException("Unknown request type."),
        };
    }

    private static string Join(IEnumerable<string> select) => select is null ? null : string.Join(',', select);

    private Task<Response> SendAsync(HttpMessage message, CancellationToken cancellation, params int[] expected) =>
        _requests.SendAsync(message, cancellation, expected);

    private sealed class NoValue<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("The response has no value: there is no such entity.");

        public override Response GetRawResponse() => response;
    }
}

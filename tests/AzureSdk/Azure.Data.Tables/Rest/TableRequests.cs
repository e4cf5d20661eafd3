using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>The requests of the table service: https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api.</summary>
internal sealed class TableRequests(HttpPipeline pipeline, Uri endpoint, string version)
{
    private const string MinimalMetadata = "application/json;odata=minimalmetadata";

    /// <exception cref="RequestFailedException">The status is none of the expected.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellation, params int[] expected)
    {
        await pipeline.SendAsync(message, cancellation);
        return expected.Contains(message.Response.Status) ? message.Response : throw new RequestFailedException(message.Response);
    }

    public HttpMessage CreateTable(string table)
    {
        var message = New(RequestMethod.Post, "Tables");
        SetBody(message.Request, EntityJson.Write(new Dictionary<string, object> { ["TableName"] = table }));
        return message;
    }

    public HttpMessage Get(string table, string partitionKey, string rowKey, string select) =>
        New(RequestMethod.Get, Place(table, partitionKey, rowKey), ("$format", MinimalMetadata), ("$select", select));

    public HttpMessage Query(string table, string filter, int? top, string select, (string Partition, string Row) next) => New(
        RequestMethod.Get,
        table + "()",
        ("$format", MinimalMetadata),
        ("$top", top?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("$select", select),
        ("$filter", filter),
        ("NextPartitionKey", next.Partition),
        ("NextRowKey", next.Row));

    public HttpMessage Insert(string table, ITableEntity entity)
    {
        var message = New(RequestMethod.Post, table, ("$format", MinimalMetadata));
        message.Request.Headers.Add("Prefer", "return-no-content");
        SetBody(message.Request, EntityJson.Write(BagOf(entity)));
        return message;
    }

    /// <param name="ifMatch">Default: whether the entity exists or not.</param>
    public HttpMessage Write(string table, ITableEntity entity, TableUpdateMode mode, ETag ifMatch)
    {
        var method = mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch;
        var message = New(method, Place(table, entity.PartitionKey, entity.RowKey), ("$format", MinimalMetadata));
        if (ifMatch != default)
        {
            message.Request.Headers.Add("If-Match", ifMatch.ToString());
        }

        SetBody(message.Request, EntityJson.Write(BagOf(entity)));
        return message;
    }

    public HttpMessage Delete(string table, string partitionKey, string rowKey, ETag ifMatch)
    {
        var message = New(RequestMethod.Delete, Place(table, partitionKey, rowKey), ("$format", MinimalMetadata));
        message.Request.Headers.Add("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString());
        return message;
    }

    public HttpMessage Batch(string boundary, byte[] content)
    {
        var message = New(RequestMethod.Post, "$batch");
        message.Request.Headers.SetValue("Content-Type", $"multipart/mixed; boundary={boundary}");
        message.Request.Content = RequestContent.Create(content);
        return message;
    }

    private static IDictionary<string, object> BagOf(ITableEntity entity) => entity as IDictionary<string, object>
        ?? throw new NotSupportedException("This stand-in writes entities that are dictionaries, such as TableEntity.");

    private static string Place(string table, string partitionKey, string rowKey) =>
        $"{table}(PartitionKey='{Quote(partitionKey)}',RowKey='{Quote(rowKey)}')";

    private static string Quote(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private static void SetBody(Request request, byte[] json)
    {
        request.Headers.Add("Content-Type", "application/json");
        request.Content = RequestContent.Create(json);
    }

    private HttpMessage New(RequestMethod method, string path, params (string Name, string Value)[] query)
    {
        var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}"));
        foreach (var (name, value) in query.Where(parameter => parameter.Value is not null))
        {
            request.Uri.AppendQuery(name, value);
        }

        request.Headers.Add("x-ms-version", version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("Accept", MinimalMetadata);
        return message;
    }
}

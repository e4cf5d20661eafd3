using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>A query's pages. A token is the two continuation headers, joined by a space; a page may be empty and have one.</summary>
internal sealed class TablePages<T>(
    TableRequests requests, string table, string filter, int? maxPerPage, string select, CancellationToken cancellation)
    : AsyncPageable<T> where T : class, ITableEntity
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = await ReadAsync(continuationToken, pageSizeHint ?? maxPerPage);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }

    private async Task<Page<T>> ReadAsync(string token, int? top)
    {
        using var message = requests.Query(table, filter, top, select, Parse(token));
        var response = await requests.SendAsync(message, cancellation, 200);
        using var json = JsonDocument.Parse(response.Content);
        var entities = json.RootElement.GetProperty("value").EnumerateArray().Select(EntityJson.Read<T>).ToList();
        var hasNext = response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition);
        hasNext |= response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row);
        return Page<T>.FromValues(entities, hasNext ? $"{partition} {row}" : null, response);
    }

    private static (string Partition, string Row) Parse(string token)
    {
        if (token is null || token.Length <= 1)
        {
            return (null, null);
        }

        var parts = token.Split(' ', 2);
        return (parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null);
    }
}

using System.Buffers.Text;
using System.Text;
using Azure.Data.Tables;
using Workflows.Platform;

namespace Workflows.Azure.Storage;

/// <summary>
/// Queries as the service reads them. All quoting is done by <see
/// cref="TableClient.CreateQueryFilter(FormattableString)"/>.
/// </summary>
internal static class QueryText
{
    /// <returns>Null for all rows.</returns>
    public static string? FilterOf(TableQuery query)
    {
        var clauses = new List<string>();
        if (query.Partition is { } partition)
        {
            clauses.Add(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"));
            Add(query.RowFrom, from => $"RowKey ge {from}");
            Add(query.RowBefore, before => $"RowKey lt {before}");
        }
        else
        {
            Add(query.PartitionFrom, from => $"PartitionKey ge {from}");
            Add(query.PartitionBefore, before => $"PartitionKey lt {before}");
        }

        return clauses.Count == 0 ? null : string.Join(" and ", clauses);

        void Add(string? bound, Func<string, FormattableString> clause)
        {
            if (bound is not null)
            {
                clauses.Add(TableClient.CreateQueryFilter(clause(bound)));
            }
        }
    }

    /// <summary>The service's token, made safe for addresses.</summary>
    public static string? ContinuationOf(string? token) =>
        string.IsNullOrEmpty(token) ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    /// <exception cref="ArgumentException">It is not one that <see cref="ContinuationOf"/> made.</exception>
    public static string? TokenOf(string? continuation)
    {
        try
        {
            return continuation is null ? null : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation));
        }
        catch (FormatException exception)
        {
            throw new ArgumentException(
                "The continuation is not one that this store gave.", nameof(continuation), exception);
        }
    }
}

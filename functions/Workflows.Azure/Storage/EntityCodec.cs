using System.Globalization;
using Azure.Data.Tables;
using Workflows.Platform;

namespace Workflows.Azure.Storage;

/// <summary>
/// Rows as entities. Every written entity carries the id of its write, so that a write whose answer was lost is known
/// again; no reader of rows sees it.
/// </summary>
internal static class EntityCodec
{
    /// <summary>The property that holds the write's id.</summary>
    public const string WriteId = "_write";

    private const int WriteIdBytes = 64;

    public static TableEntity Write(TableRow row, Guid writeId)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            if (value is double number && !double.IsFinite(number))
            {
                // JSON has no such numbers; the service takes them as text of that type.
                entity[name] = number.ToString(CultureInfo.InvariantCulture);
                entity[name + "@odata.type"] = "Edm.Double";
                continue;
            }

            entity[name] = value;
        }

        if (row.Properties.Count < TableRules.MaxProperties && row.Size() + WriteIdBytes <= TableRules.MaxRowBytes)
        {
            entity[WriteId] = writeId;
        }

        return entity;
    }

    public static TableRow Read(TableEntity entity)
    {
        var row = new TableRow(
            entity.PartitionKey, entity.RowKey)
        { ETag = entity.ETag.ToString(), Timestamp = entity.Timestamp };
        foreach (var name in entity.Keys)
        {
            if (
                name is not (
                    nameof(
                        entity.PartitionKey) or nameof(entity.RowKey) or nameof(
                            entity.Timestamp) or "odata.etag" or WriteId))
            {
                row[name] = entity[name];
            }
        }

        return row;
    }
}

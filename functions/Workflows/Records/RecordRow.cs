using System.Text;
using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Records;

/// <summary>
/// A record kept in a table row as JSON. A row's text holds 64 KiB, so longer JSON is cut into pieces; the row's limit
/// of 1 MiB stays. Members that a query or a person needs are written beside it as properties of their own.
/// </summary>
public static class RecordRow
{
    private const int PieceLength = 30_000;

    /// <summary>Puts the record into the row.</summary>
    public static TableRow With<T>(this TableRow row, T record)
    {
        var json = JsonSerializer.Serialize(record, DurableJson.Options);
        var start = 0;
        for (var number = 0; start < json.Length; number++)
        {
            var piece = json.AsSpan(start).Beginning(PieceLength);
            row["Json" + number] = piece.ToString();
            start += piece.Length;
        }

        return row;
    }

    /// <summary>Reads the record back.</summary>
    /// <exception cref="KeyNotFoundException">The row holds none.</exception>
    public static T Read<T>(this TableRow row)
    {
        var json = new StringBuilder(row.RequiredText("Json0"));
        for (var piece = 1; row.Text("Json" + piece) is { } more; piece++)
        {
            json.Append(more);
        }

        return JsonSerializer.Deserialize<T>(json.ToString(), DurableJson.Options)!;
    }
}

using System.IO.Compression;
using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>
/// A mail in its row: compressed, because HTML shrinks well and storage is paid by the byte, and in pieces that a
/// property holds, of which nearly every mail needs one.
/// </summary>
internal static class PackedMail
{
    private const int Piece = 60 * 1024;

    public static void Write(OutgoingMail mail, TableRow row)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, mail, DurableJson.Options);
        }

        var bytes = packed.ToArray();
        for (var start = 0; start < bytes.Length; start += Piece)
        {
            row[$"Mail{start / Piece}"] = bytes[start..Math.Min(start + Piece, bytes.Length)];
        }
    }

    /// <returns>Null when it is not what was written.</returns>
    public static OutgoingMail? Read(TableRow row)
    {
        using var packed = new MemoryStream();
        for (var piece = 0; row[$"Mail{piece}"] is byte[] bytes; piece++)
        {
            packed.Write(bytes);
        }

        packed.Position = 0;
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        try
        {
            return JsonSerializer.Deserialize<OutgoingMail>(brotli, DurableJson.Options);
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or InvalidDataException or JsonException)
        {
            return null;
        }
    }
}

using System.Text;
using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>Payloads of inputs, results and events, as JSON.</summary>
internal static class Payloads
{
    /// <summary>
    /// Bytes of UTF-8 JSON: above it, Durable's messages to the worker (4 MB) could not carry a few of them at once.
    /// </summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxCustomStatusBytes = 16 * 1024;

    /// <summary>Characters as Durable writes them into a row, with all but plain letters escaped.</summary>
    private const int MaxWrittenStatus = 30_000;

    /// <exception cref="ArgumentException">It is too large.</exception>
    public static JsonElement Write(object? value, Type? type = null)
    {
        if (value is JsonElement written)
        {
            ThrowIfTooLarge(Encoding.UTF8.GetByteCount(written.GetRawText()));
            return written;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(
            value, value is null ? typeof(object) : DurableJson.TypeOf(value, type), DurableJson.Options);
        ThrowIfTooLarge(bytes.Length);
        return JsonDocument.Parse(bytes).RootElement;
    }

    /// <summary>
    /// What was written. An activity's null comes back as nothing at all: the host drops it on the way.
    /// </summary>
    public static T Read<T>(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Undefined ? default! : payload.Deserialize<T>(DurableJson.Options)!;

    public static object? Read(JsonElement payload, Type type) => payload.Deserialize(type, DurableJson.Options);

    /// <exception cref="ArgumentException">Durable Functions would not keep it.</exception>
    public static JsonElement? WriteStatus(object? status)
    {
        if (status is null)
        {
            return null;
        }

        var written = Write(status);
        return Encoding.Unicode.GetByteCount(written.GetRawText()) <= MaxCustomStatusBytes
            && JsonSerializer.Serialize(written).Length <= MaxWrittenStatus
            ? written
            : throw new ArgumentException("A custom status is at most 16 KB as UTF-16 JSON.", nameof(status));
    }

    private static void ThrowIfTooLarge(int bytes)
    {
        if (bytes > MaxBytes)
        {
            throw new PayloadTooLargeException($"A payload is {bytes} bytes of JSON; {MaxBytes} are allowed.");
        }
    }
}

/// <summary>Something is larger than this home carries; no retry helps.</summary>
internal sealed class PayloadTooLargeException(string message) : ArgumentException(message);

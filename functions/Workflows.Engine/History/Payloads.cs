using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Engine.History;

/// <summary>Encodes inputs, results, events and statuses as UTF-8 JSON; null is no payload.</summary>
internal sealed class Payloads(int maxBytes)
{
    /// <summary>A hash of a payload, to find out whether a replay gives the same one.</summary>
    public static long HashOf(ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(payload, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    /// <exception cref="PayloadTooLargeException">The payload is larger than the engine stores.</exception>
    public byte[]? Write(object? value, Type? declared = null)
    {
        if (value is null)
        {
            return null;
        }

        var type = DurableJson.TypeOf(value, declared);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type, DurableJson.Options);
        return bytes.Length <= maxBytes ? bytes : throw new PayloadTooLargeException(bytes.Length, maxBytes);
    }

    public static T Read<T>(byte[]? payload) =>
        payload is null ? default! : JsonSerializer.Deserialize<T>(payload, DurableJson.Options)!;

    public static object? Read(byte[]? payload, Type type) =>
        payload is null ? null : JsonSerializer.Deserialize(payload, type, DurableJson.Options);
}

/// <summary>An input, result, event or status is larger than the engine stores. A retry cannot help.</summary>
internal sealed class PayloadTooLargeException(int bytes, int limit)
    : ArgumentException(
        $"A payload of {bytes} bytes is over the limit of {limit}. Store large data in a table and pass its key.");

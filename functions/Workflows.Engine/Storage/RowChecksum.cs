using System.Numerics;
using System.Runtime.InteropServices;

namespace Workflows.Engine.Storage;

/// <summary>
/// A checksum over all columns of a row, its keys included, stored in the column "seal". SQLite does not notice most
/// flipped bits; a row with a wrong checksum is never used. It protects against accidents, not against a person who can
/// write to the file.
/// </summary>
internal struct RowChecksum
{
    private uint _low = 0x9e3779b9;
    private uint _high = 0x85ebca6b;

    public RowChecksum()
    {
    }

    public readonly long Value => (long)(((ulong)_high << 32) | _low);

    public void Add(long value)
    {
        var bits = (ulong)value;
        _low = BitOperations.Crc32C(_low, bits);
        // CRCs of the same input would be equal: the second one is taken over the multiplied value.
        _high = BitOperations.Crc32C(_high, bits * 0x9ddfea08eb382d69UL + 1);
    }

    public void Add(long? value)
    {
        Add(value is null ? 0L : 1L);
        Add(value ?? 0);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((long)bytes.Length);
        var words = MemoryMarshal.Cast<byte, long>(bytes);
        foreach (var word in words)
        {
            Add(word);
        }

        long rest = 0;
        foreach (var one in bytes[(words.Length * sizeof(long))..])
        {
            rest = (rest << 8) | one;
        }

        Add(rest);
    }

    public void Add(byte[]? bytes)
    {
        Add(bytes is null ? 0L : 1L);
        Add(bytes.AsSpan());
    }

    public void Add(string? text)
    {
        Add(text is null ? 0L : 1L);
        Add(MemoryMarshal.AsBytes(text.AsSpan()));
    }
}

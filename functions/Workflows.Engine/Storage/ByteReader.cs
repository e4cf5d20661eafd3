using System.Buffers.Binary;
using System.Text;

namespace Workflows.Engine.Storage;

/// <summary>
/// Reads what <see cref="ByteWriter"/> wrote; a record that is too short, or not valid, throws
/// <see cref="InvalidDataException"/>.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() != 0;

    public long Number()
    {
        ulong zigzag = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = Byte();
            zigzag |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
            }
        }

        throw new InvalidDataException("A number in a stored record does not end.");
    }

    public int Int() => checked((int)Number());

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public string Text() => Encoding.UTF8.GetString(Take(Int()));

    public string? TextOrNull() => Bool() ? Text() : null;

    public byte[] Bytes() => Take(Int()).ToArray();

    public byte[]? BytesOrNull() => Bool() ? Bytes() : null;

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)_rest.Length)
        {
            throw new InvalidDataException("A stored record is cut short.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Workflows.Engine.Storage;

/// <summary>Writes the engine's compact records: varints, length-prefixed text and bytes.</summary>
internal sealed class ByteWriter : IBufferWriter<byte>
{
    [ThreadStatic]
    private static ByteWriter? _spare;

    private byte[] _buffer = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Gives the writer that this thread reuses; <see cref="Release"/> returns it.</summary>
    public static ByteWriter Rent()
    {
        var writer = _spare ?? new ByteWriter();
        _spare = null;
        writer._length = 0;
        return writer;
    }

    public byte[] Release()
    {
        var bytes = Written.ToArray();
        if (_buffer.Length <= 64 * 1024)
        {
            _spare = this;
        }

        return bytes;
    }

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>
    /// Writes a whole number as a varint, zigzag-encoded, so that small negative numbers are short too.
    /// </summary>
    public void Number(long value)
    {
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        Reserve(10);
        while (zigzag >= 0x80)
        {
            _buffer[_length++] = (byte)(zigzag | 0x80);
            zigzag >>= 7;
        }

        _buffer[_length++] = (byte)zigzag;
    }

    public void Fixed(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    public void TextOrNull(string? value)
    {
        Bool(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    public void BytesOrNull(byte[]? value)
    {
        Bool(value is not null);
        if (value is not null)
        {
            Bytes(value);
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _length < more)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
        }
    }
}

using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Workflows.Engine.Storage;

/// <summary>
/// A prepared statement. Its parameters are bound in order. It belongs to one connection, and so to one thread at a
/// time. A caller that stops reading before the last row must call <see cref="Reset"/>.
/// </summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle) : IDisposable
{
    // Throws an ArgumentException for text with lone surrogates, instead of storing another text.
    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int _bound;

    public Statement With(long value)
    {
        Check(raw.sqlite3_bind_int64(handle, ++_bound, value));
        return this;
    }

    public Statement With(long? value) => value is { } number ? With(number) : WithNull();

    public Statement With(string? value)
    {
        if (value is null)
        {
            return WithNull();
        }

        var most = StrictUtf8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var buffer = most <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var length = StrictUtf8.GetBytes(value, buffer);
            Check(raw.sqlite3_bind_text(handle, ++_bound, buffer[..length]));
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }

        return this;
    }

    public Statement With(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(handle, ++_bound, 0)
            : raw.sqlite3_bind_blob(handle, ++_bound, value));
        return this;
    }

    public Statement With(byte[]? value) => value is null ? WithNull() : With(value.AsSpan());

    public Statement WithNull()
    {
        Check(raw.sqlite3_bind_null(handle, ++_bound));
        return this;
    }

    /// <summary>Reads the next row. False after the last row; the statement is reset then.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        return false;
    }

    /// <summary>Runs a statement that returns no rows, and returns how many rows it changed.</summary>
    public int Run()
    {
        while (Read())
        {
        }

        return connection.Changes;
    }

    /// <summary>Reads the first column of the first row; null when there is no row.</summary>
    public long? ReadLong()
    {
        var found = Read();
        long? value = found && !IsNull(0) ? Long(0) : null;
        if (found)
        {
            Reset();
        }

        return value;
    }

    public void Reset()
    {
        raw.sqlite3_reset(handle);
        _bound = 0;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public int Int(int column) => raw.sqlite3_column_int(handle, column);

    /// <summary>
    /// The bytes of a blob or text, valid until the next call of <see cref="Read"/> or <see cref="Reset"/>.
    /// </summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(handle, column);

    public byte[] Blob(int column) => Span(column).ToArray();

    public byte[]? BlobOrNull(int column) => IsNull(column) ? null : Blob(column);

    // Read by its length and not up to a terminator, because a text may contain U+0000.
    public string Text(int column) => Encoding.UTF8.GetString(Span(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose() => handle.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            connection.Throw(result);
        }
    }
}

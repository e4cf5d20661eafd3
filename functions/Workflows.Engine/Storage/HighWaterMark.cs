using System.Buffers.Binary;

namespace Workflows.Engine.Storage;

/// <summary>
/// The number of the last commit, kept beside the database: a database that knows less than that is an older copy, or has
/// lost the end of its WAL, and SQLite would not notice either. The mark follows each commit; it is never ahead of what
/// was durable.
/// </summary>
internal sealed class HighWaterMark : IDisposable
{
    private const long Magic = 0x4b52414d53464b57; // WKFSMARK
    private const int Length = 32;
    private readonly FileStream _file;
    private readonly byte[] _record = new byte[Length];
    private readonly long _fileId;

    private HighWaterMark(FileStream file, long fileId)
    {
        _file = file;
        _fileId = fileId;
    }

    public static string PathOf(string databasePath) => databasePath + ".mark";

    /// <summary>To be asked before the database is opened, which would make a new one.</summary>
    /// <exception cref="InvalidOperationException">There was a database, and it is gone.</exception>
    public static void ThrowIfDatabaseIsGone(string databasePath)
    {
        if (!File.Exists(databasePath) && Read(PathOf(databasePath)) is { } mark)
        {
            throw new InvalidOperationException(
                $"{databasePath} is gone, but {PathOf(databasePath)} says that it had {mark.Commits} commits. {WayOut(databasePath)}");
        }
    }

    /// <summary>Opens the mark and compares; a file without one gets one.</summary>
    /// <exception cref="InvalidOperationException">The database has lost commits, or is another one.</exception>
    public static HighWaterMark Open(string databasePath, long fileId, long commits)
    {
        var path = PathOf(databasePath);
        if (Read(path) is { } mark)
        {
            ThrowIfBehind(databasePath, mark, fileId, commits);
        }

        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        return new HighWaterMark(file, fileId);
    }

    public void Write(long commits)
    {
        var checksum = new RowChecksum();
        checksum.Add(_fileId);
        checksum.Add(commits);
        BinaryPrimitives.WriteInt64LittleEndian(_record, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(_record.AsSpan(8), _fileId);
        BinaryPrimitives.WriteInt64LittleEndian(_record.AsSpan(16), commits);
        BinaryPrimitives.WriteInt64LittleEndian(_record.AsSpan(24), checksum.Value);
        RandomAccess.Write(_file.SafeFileHandle, _record, fileOffset: 0);
    }

    /// <summary>Carries the mark to the disk, so that it outlives a loss of power.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file.SafeFileHandle);

    public void Dispose() => _file.Dispose();

    private static void ThrowIfBehind(string path, (long FileId, long Commits) mark, long fileId, long commits)
    {
        var way = WayOut(path);
        if (mark.FileId != fileId)
        {
            throw new InvalidOperationException($"{path} is not the database that was here before: another one was put in its place. {way}");
        }

        if (mark.Commits > commits)
        {
            throw new InvalidOperationException(
                $"{path} has lost its last {mark.Commits - commits} commits: it is an older copy, or the end of its WAL is gone. {way}");
        }
    }

    private static string WayOut(string path) =>
        $"Put the right file back, or delete {PathOf(path)} to go on with what is there.";

    /// <summary>The mark, or null when there is none that can be read: a torn one says nothing.</summary>
    private static (long FileId, long Commits)? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var record = File.ReadAllBytes(path);
        if (record.Length != Length || BinaryPrimitives.ReadInt64LittleEndian(record) != Magic)
        {
            return null;
        }

        var fileId = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(8));
        var commits = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(16));
        var checksum = new RowChecksum();
        checksum.Add(fileId);
        checksum.Add(commits);
        return checksum.Value == BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(24)) ? (fileId, commits) : null;
    }
}

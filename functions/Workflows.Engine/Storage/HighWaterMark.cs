using System.Buffers.Binary;

namespace Workflows.Engine.Storage;

/// <summary>
/// The number of the last commit, in a file beside the database. A database with fewer commits than that is an older
/// copy, or has lost the end of its WAL; SQLite notices neither. The mark is written after each commit, so it is never
/// ahead of what is durable.
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

    /// <summary>To be called before the database is opened, because opening creates a missing file.</summary>
    /// <exception cref="InvalidOperationException">The mark exists, and the database does not.</exception>
    public static void ThrowIfDatabaseIsGone(string databasePath)
    {
        if (!File.Exists(databasePath) && Read(PathOf(databasePath)) is { } mark)
        {
            throw new InvalidOperationException(
                $"{databasePath} is gone, but {PathOf(databasePath)} says that it had {mark.Commits} commits. "
                + Remedy(databasePath));
        }
    }

    /// <summary>Opens the mark, compares it with the database, and creates it when it is missing.</summary>
    /// <exception cref="InvalidOperationException">
    /// The database has lost commits, or is not the one that the mark was written for.
    /// </exception>
    public static HighWaterMark Open(string databasePath, long fileId, long commits)
    {
        var path = PathOf(databasePath);
        if (Read(path) is { } mark)
        {
            ThrowIfBehind(databasePath, mark, fileId, commits);
        }

        var file = OwnerFile.Open(path, FileAccess.Write, FileShare.ReadWrite);
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

    /// <summary>Flushes the mark to the disk, so that it survives a loss of power.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file.SafeFileHandle);

    public void Dispose() => _file.Dispose();

    private static void ThrowIfBehind(string path, (long FileId, long Commits) mark, long fileId, long commits)
    {
        var remedy = Remedy(path);
        if (mark.FileId != fileId)
        {
            throw new InvalidOperationException(
                $"{path} is not the database that was here before: another one was put in its place. {remedy}");
        }

        if (mark.Commits > commits)
        {
            throw new InvalidOperationException(
                $"{path} has lost its last {mark.Commits - commits} commits: it is an older copy, or the end of its "
                + $"WAL is gone. {remedy}");
        }
    }

    private static string Remedy(string path) =>
        $"Put the right file back, or delete {PathOf(path)} to continue with the file that is there.";

    /// <summary>Reads the mark; null when it is missing, or damaged, as when its last write was cut off.</summary>
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

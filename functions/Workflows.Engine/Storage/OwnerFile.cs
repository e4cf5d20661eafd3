namespace Workflows.Engine.Storage;

/// <summary>
/// Files that no other user of the machine may read: the database holds customers, prices and mails. SQLite gives its
/// write-ahead log and shared memory the mode of the database. On Windows the rights of the folder decide.
/// </summary>
internal static class OwnerFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a missing file; takes an existing one, and what SQLite keeps beside it, from others.</summary>
    /// <returns>False where the file system does not let us, such as a mounted share.</returns>
    public static bool TryProtect(string path)
    {
        if (!File.Exists(path))
        {
            Open(path, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }

        return IsProtected(path) & IsProtected(path + "-wal") & IsProtected(path + "-shm");
    }

    /// <summary>Opens a file, which is created for its owner when it is missing.</summary>
    public static FileStream Open(string path, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = access,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode;
        }

        var file = new FileStream(path, options);
        IsProtected(path);
        return file;
    }

    private static bool IsProtected(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return true;
        }

        try
        {
            if (File.GetUnixFileMode(path) != Mode)
            {
                File.SetUnixFileMode(path, Mode);
            }

            return File.GetUnixFileMode(path) == Mode;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}

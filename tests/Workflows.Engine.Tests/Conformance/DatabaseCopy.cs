using Workflows.Engine.Storage;

namespace Workflows.Engine.Tests.Conformance;

/// <summary>Copies the files that a process leaves when it dies.</summary>
internal static class DatabaseCopy
{
    /// <summary>
    /// Copies while the engine writes. An open read keeps SQLite from overwriting the WAL; the other files are copied
    /// first and the WAL last, so that no copy is ahead of what it depends on.
    /// </summary>
    public static void TakeAsItStands(string from, string to)
    {
        using var reader = Connection.Open(from, readOnly: true);
        reader.Execute("BEGIN");
        reader.Use("SELECT value FROM meta WHERE name = 'opening'").ReadLong();
        var files = Directory.GetFiles(Path.GetDirectoryName(from)!)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)
                && !file.EndsWith("-shm", StringComparison.Ordinal))
            .OrderBy(file => file == from ? 1 : file.EndsWith("-wal", StringComparison.Ordinal) ? 2 : 0);
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(Path.GetDirectoryName(to)!, Path.GetFileName(file)));
        }
    }
}

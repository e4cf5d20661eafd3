using SQLitePCL;
using Workflows.Engine.Storage;

namespace Workflows.Engine.Tests.Storage;

/// <summary>
/// Copies of a database file as a process would leave it when it dies, taken at each row that a connection changes and
/// right before each commit. The cache is so small that the WAL may have what a transaction wrote before it commits.
/// </summary>
internal sealed class Snapshots : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workflows-snapshots-");
    private readonly string _path;
    private readonly List<string> _files = [];
    private bool _isTaking;

    public Snapshots(string path) => _path = path;

    /// <summary>The copies in order. Beside each are copies of its WAL and mark.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Begins to take copies; to be called on the writer's thread. A second call changes nothing.</summary>
    public void TakeAtEachChange(Connection connection)
    {
        if (_isTaking)
        {
            return;
        }

        _isTaking = true;
        connection.Execute("PRAGMA cache_size = 2; PRAGMA cache_spill = 1;");
        raw.sqlite3_update_hook(connection.Handle, (strdelegate_update)((_, _, _, _, _) => Take()), null);
        raw.sqlite3_commit_hook(
            connection.Handle,
            _ =>
            {
                Take();
                return 0;
            },
            null);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private void Take()
    {
        var copy = Path.Combine(_directory.CreateSubdirectory($"{_files.Count:d4}").FullName, "workflows.db");
        foreach (var end in (string[])["", ".mark", "-wal"])
        {
            if (File.Exists(_path + end))
            {
                File.Copy(_path + end, copy + end);
            }
        }

        _files.Add(copy);
    }
}

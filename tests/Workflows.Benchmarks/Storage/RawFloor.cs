using System.Diagnostics;
using Workflows.Benchmarks.Measures;
using Workflows.Engine.Storage;

namespace Workflows.Benchmarks.Storage;

/// <summary>
/// What SQLite alone takes on this machine, with one writer and every commit synced: the time of a row and the time of
/// a commit, from transactions of few and of many rows of the size that the benchmark writes.
/// </summary>
/// <param name="RowMicroseconds">One more row in a transaction.</param>
/// <param name="CommitMilliseconds">A transaction without its rows.</param>
internal sealed record RawFloor(double RowMicroseconds, double CommitMilliseconds)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);

    /// <summary>Measures on a file of its own beside the benchmark's, which it removes.</summary>
    public static RawFloor Measure(string besides, int rowBytes)
    {
        const int Few = 10;
        const int Many = 1_000;
        var few = SecondsPerCommit(besides, Few, rowBytes);
        var many = SecondsPerCommit(besides, Many, rowBytes);
        var row = Math.Max(0, (many - few) / (Many - Few));
        var commit = Math.Max(0, few - Few * row);
        return new RawFloor(Durations.Round(row * 1e6), Durations.Round(commit * 1e3));
    }

    /// <summary>Seconds that so many rows in so many commits take at the least.</summary>
    public double Seconds(long rows, long commits) =>
        (rows * RowMicroseconds / 1e6) + (commits * CommitMilliseconds / 1e3);

    private static double SecondsPerCommit(string besides, int rows, int rowBytes)
    {
        var path = besides + ".floor";
        try
        {
            using var connection = Connection.Open(path, readOnly: false);
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;");
            connection.Execute("PRAGMA wal_autocheckpoint = 4000;");
            connection.Execute(
                "CREATE TABLE floor (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL, data BLOB NOT NULL);");
            var payload = new byte[rowBytes];
            var commits = 0;
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < Budget)
            {
                connection.Use("BEGIN IMMEDIATE").Run();
                for (var row = 0; row < rows; row++)
                {
                    connection.Use("INSERT INTO floor (key, data) VALUES (?, ?)").With((long)row).With(payload).Run();
                }

                connection.Use("COMMIT").Run();
                commits++;
            }

            return Stopwatch.GetElapsedTime(started).TotalSeconds / commits;
        }
        finally
        {
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
            {
                File.Delete(file);
            }
        }
    }
}

namespace Workflows.Benchmarks.Storage;

/// <summary>The file a benchmark runs on: the one it was given, emptied, or a temporary one that is removed.</summary>
internal sealed class BenchmarkFile : IDisposable
{
    private readonly DirectoryInfo? _temporary;

    public BenchmarkFile(Arguments arguments)
    {
        if (arguments.Text("--db") is { } given)
        {
            FilePath = Path.GetFullPath(given);
            Remove();
            return;
        }

        _temporary = Directory.CreateTempSubdirectory("workflows-benchmark-");
        FilePath = Path.Combine(_temporary.FullName, "workflows.db");
    }

    public string FilePath { get; }

    /// <summary>The file and its WAL.</summary>
    public double SizeMiB() => new[] { FilePath, FilePath + "-wal" }
        .Where(File.Exists).Sum(path => new FileInfo(path).Length) / 1024.0 / 1024.0;

    public void Dispose() => _temporary?.Delete(recursive: true);

    // A benchmark starts on nothing, and never removes what is not its own kind of file.
    private void Remove()
    {
        var directory = Path.GetDirectoryName(FilePath)!;
        Directory.CreateDirectory(directory);
        foreach (var path in Directory.GetFiles(directory, Path.GetFileName(FilePath) + "*"))
        {
            File.Delete(path);
        }
    }
}

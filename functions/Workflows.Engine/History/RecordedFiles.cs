using System.IO.Compression;
using System.Text;

namespace Workflows.Engine.History;

/// <summary>Recorded histories as files: JSON, compressed, because payloads repeat from turn to turn.</summary>
internal static class RecordedFiles
{
    private const string Plain = ".json";
    private const string Compressed = ".json.gz";

    /// <summary>
    /// The recorded histories of a folder and its subfolders, compressed or plain, in order of their names.
    /// </summary>
    public static List<string> In(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(Compressed, StringComparison.Ordinal)
                || file.EndsWith(Plain, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    public static string Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var plain = file.EndsWith(Compressed, StringComparison.Ordinal)
            ? new GZipStream(stream, CompressionMode.Decompress)
            : (Stream)stream;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static void Write(string directory, RecordedHistory history)
    {
        var folder = Directory.CreateDirectory(Path.Combine(directory, Uri.EscapeDataString(history.Orchestration)));
        var file = Uri.EscapeDataString(history.Instance) + Compressed;
        using var stream = File.Create(Path.Combine(folder.FullName, file));
        using var compressed = new GZipStream(stream, CompressionLevel.SmallestSize);
        compressed.Write(Encoding.UTF8.GetBytes(history.Print()));
    }
}

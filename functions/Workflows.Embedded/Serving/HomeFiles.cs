using System.Text.Json;
using Workflows.Embedded.Commands;

namespace Workflows.Embedded.Serving;

/// <summary>
/// What lives beside the database and never inside it: a copy of the database holds no secret. One folder,
/// for the owner's eyes only.
/// </summary>
internal sealed class HomeFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The folder beside a database; made when something is written.</summary>
    public HomeFiles(string database) => Folder = database + ".keys";

    public string Folder { get; }

    /// <summary>The keys that protect the console's sessions.</summary>
    public string Sessions => Path.Combine(Folder, "sessions");

    /// <summary>The keys that sign approval links.</summary>
    public string Links => Path.Combine(Folder, "links.json");

    /// <summary>The secrets of webhooks that settings do not give.</summary>
    public string Webhooks => Path.Combine(Folder, "webhooks.json");

    /// <summary>Where the running server is, and how its owner proves to be one.</summary>
    public string Running => Path.Combine(Folder, "running.json");

    /// <summary>The demo's own keys.</summary>
    public string DemoKeys => Path.Combine(Folder, "demo.json");

    public static string MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFolder);
        }

        return folder;
    }

    /// <summary>A value as it was written, or null when there is none.</summary>
    /// <exception cref="RefusalException">The file is damaged: guessing would silently replace a secret.</exception>
    public static T? Read<T>(string path) where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json) : null;
        }
        catch (JsonException exception)
        {
            throw new RefusalException(
                ExitCode.Failed,
                $"{path} is damaged: {exception.Message} Restore it, or delete it to make new secrets.");
        }
    }

    /// <summary>Writes a value whole or not at all.</summary>
    public void Write<T>(string path, T value)
    {
        MakeFolder(Folder);
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, value, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}

namespace Workflows.Engine.Tests;

/// <summary>A database file of one test, in a directory that is deleted after it.</summary>
public sealed class DatabaseFile
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workflows-engine-");

    public string FilePath => Path.Combine(_directory.FullName, "workflows.db");

    public void Delete() => _directory.Delete(recursive: true);
}

using System.Globalization;
using System.Reflection;

namespace Workflows.Engine.Storage;

/// <summary>
/// The numbered scripts of the file's schema. A released script is never edited; a change is a script with the next
/// number.
/// </summary>
internal static class Schema
{
    private const string Folder = "Schema/";

    /// <summary>The version of the schema that this build writes.</summary>
    private static int Newest { get; } = Scripts().Count;

    /// <summary>
    /// Runs the scripts that the file lacks, each in a transaction of its own, so that a killed migration continues
    /// with the next one.
    /// </summary>
    /// <exception cref="InvalidOperationException">A newer build wrote the file.</exception>
    public static void Migrate(Connection connection) => Migrate(connection, Scripts());

    /// <summary>Runs other scripts than this build's, for tests.</summary>
    public static void Migrate(Connection connection, IReadOnlyList<string> scripts)
    {
        var version = VersionOf(connection);
        if (version > scripts.Count)
        {
            throw new InvalidOperationException(Newer(version, scripts.Count));
        }

        for (var next = version + 1; next <= scripts.Count; next++)
        {
            connection.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"BEGIN IMMEDIATE;\n{scripts[next - 1]}\nPRAGMA user_version = {next};\nCOMMIT;"));
        }
    }

    /// <summary>Checks the version for readers, which migrate nothing.</summary>
    /// <exception cref="IOException">The file has another version of the schema.</exception>
    public static void ThrowIfAnother(Connection connection)
    {
        var version = VersionOf(connection);
        if (version != Newest)
        {
            throw new IOException(version > Newest
                ? Newer(version, Newest)
                : $"The database has schema version {version}, and this build reads version {Newest}: "
                    + "start a server of this build on a copy of it first.");
        }
    }

    private static int VersionOf(Connection connection) => (int)(connection.Use("PRAGMA user_version").ReadLong() ?? 0);

    private static string Newer(int version, int newest) =>
        $"The database has schema version {version}, and this build knows versions up to {newest}: "
        + "it was written by a newer build. Run that one, or restore an older copy.";

    /// <summary>The scripts of this build, in order.</summary>
    public static List<string> Scripts()
    {
        var assembly = typeof(Schema).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))
            .ToList();
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

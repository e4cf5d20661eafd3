using Workflows.Embedded.Serving;

namespace Workflows.Embedded.Commands;

/// <summary>The database of a command that only reads it; a server may run on it meanwhile.</summary>
internal static class StoredDatabase
{
    public static OptionSyntax Option { get; } =
        new("--db", "FILE", "the SQLite file; a server may run on it", HomeSettings.DatabaseSetting);

    /// <summary>The file that is meant.</summary>
    /// <param name="isOptional">Whether to name none is to mean none.</param>
    public static string? Find(Arguments arguments, bool isOptional = false)
    {
        var named = Settings.Read(
            [Option], arguments, Settings.Environment(), file: null)[HomeSettings.DatabaseSetting];
        return named is null && isOptional ? null : Path.GetFullPath(named ?? ServeCommand.DefaultDatabase);
    }

    /// <exception cref="RefusalException">What is to be read cannot be read.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(ExitCode.Failed, exception.Message);
        }
    }
}

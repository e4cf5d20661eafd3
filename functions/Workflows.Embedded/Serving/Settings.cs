using System.Text.Json;
using Workflows.Embedded.Commands;

namespace Workflows.Embedded.Serving;

/// <summary>
/// Settings by name, such as <c>WORKFLOWS_DB</c>. The command line goes before the environment, the environment before
/// the settings file.
/// </summary>
internal sealed class Settings
{
    public const string Prefix = "WORKFLOWS_";

    private readonly Dictionary<string, string> _values;

    private Settings(Dictionary<string, string> values) => _values = values;

    /// <summary>Every name that has a value.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The value, or null when there is none or it is empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>The process's environment.</summary>
    public static Dictionary<string, string> Environment() =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="options">Of the command, for the names of its options.</param>
    /// <param name="file">A flat JSON object of texts under the same names; null is none.</param>
    /// <exception cref="RefusalException">The file cannot be read.</exception>
    public static Settings Read(
        IEnumerable<OptionSyntax> options, Arguments arguments, IReadOnlyDictionary<string, string> environment,
        string? file)
    {
        var values = file is null ? new(StringComparer.Ordinal) : ReadFile(file);
        foreach (var (name, value) in environment.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            values[name] = value;
        }

        foreach (var option in options)
        {
            if (option.Setting is { } setting && arguments.Option(option.Name) is { } value)
            {
                values[setting] = value;
            }
        }

        return new Settings(values);
    }

    private static Dictionary<string, string> ReadFile(string file)
    {
        try
        {
            // As text: editors put a byte-order mark before it, which JSON does not know.
            var values = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [];
            return values.Keys.FirstOrDefault(
                name => !name.StartsWith(Prefix, StringComparison.Ordinal)) is { } stranger
                ? throw new RefusalException(
                    ExitCode.Failed, $"{file}: '{stranger}' is no setting; names start with {Prefix}.")
                : new(values, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RefusalException(
                ExitCode.Failed,
                $"The settings file {file} cannot be read: one JSON object of texts is expected. {exception.Message}");
        }
    }
}

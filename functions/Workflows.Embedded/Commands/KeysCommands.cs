using System.Globalization;
using Workflows.Embedded.Keys;
using Workflows.Embedded.Serving;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Embedded.Commands;

/// <summary>
/// The keys of a home. While its server runs they are asked of it, through the files beside its database; else the
/// database is opened for a moment.
/// </summary>
internal abstract class KeysCommand(string name, IReadOnlyList<string> parameters, string summary) : ICommand
{
    public CommandSyntax Syntax { get; } =
        new(name, parameters, summary, [ServeCommand.Database, ServeCommand.SettingsFile]);

    public async Task<int> RunAsync(Arguments arguments, Terminal terminal)
    {
        var settings = HomeSettings.From(
            Settings.Read(
                Syntax.Options, arguments, Settings.Environment(), arguments.Option(ServeCommand.SettingsFile.Name)),
            ServeCommand.DefaultDatabase);
        if (!File.Exists(settings.Database))
        {
            throw new RefusalException(
                ExitCode.Failed,
                $"There is no database {settings.Database}. Serve it once, or name another with --db.");
        }

        await using var keys = await OpenAsync(settings.Database);
        try
        {
            return await RunAsync(keys, arguments.Parameters, terminal);
        }
        catch (ArgumentException exception)
        {
            throw new RefusalException(ExitCode.Usage, exception.Message.Split(" (Parameter")[0]);
        }
    }

    protected abstract Task<int> RunAsync(IKeyRegister keys, IReadOnlyList<string> parameters, Terminal terminal);

    private static async Task<IKeyRegister> OpenAsync(string database) =>
        await RunningKeys.TryReachAsync(new HomeFiles(database)) ?? (IKeyRegister)new StoredKeys(database);
}

/// <summary>Makes a key.</summary>
internal sealed class AddKeyCommand() : KeysCommand(
    "keys add", ["NAME", "ROLE"],
    "Make a key for a member of staff; ROLE is sales, manager, finance, operations or admin.")
{
    protected override async Task<int> RunAsync(IKeyRegister keys, IReadOnlyList<string> parameters, Terminal terminal)
    {
        if (!Enum.GetNames<Role>().Contains(parameters[1], StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusalException(
                ExitCode.Usage,
                $"'{parameters[1]}' is no role; roles are "
                    + $"{string.Join(", ", Enum.GetNames<Role>()).ToLowerInvariant()}.");
        }

        var key = await keys.AddAsync(parameters[0], Enum.Parse<Role>(parameters[1], ignoreCase: true));
        await terminal.Error.WriteLineAsync(
            $"Key {key.Key.Id} for {key.Key.Name}, {KeyText.Of(key.Key.Role)}. Shown this once:");
        await terminal.Out.WriteLineAsync(key.Secret);
        return ExitCode.Done;
    }
}

/// <summary>Lists the keys; never the secrets.</summary>
internal sealed class ListKeysCommand() : KeysCommand("keys list", [], "List the keys.")
{
    protected override async Task<int> RunAsync(IKeyRegister keys, IReadOnlyList<string> parameters, Terminal terminal)
    {
        foreach (var key in await keys.ListAsync())
        {
            var state = key.RevokedAt is { } at ? $"revoked {KeyText.Of(at)}" : "good";
            await terminal.Out.WriteLineAsync(
                $"{key.Id}  {key.Name,-16} {KeyText.Of(key.Role),-11} {KeyText.Of(key.CreatedAt)}  {state}");
        }

        return ExitCode.Done;
    }
}

/// <summary>Revokes keys.</summary>
internal sealed class RevokeKeyCommand() : KeysCommand(
    "keys revoke", ["NAME"], "Revoke a key by its id, or every key of a name.")
{
    protected override async Task<int> RunAsync(IKeyRegister keys, IReadOnlyList<string> parameters, Terminal terminal)
    {
        var revoked = await keys.RevokeAsync(parameters[0]);
        await terminal.Out.WriteLineAsync(revoked == 1 ? "1 key revoked." : $"{revoked} keys revoked.");
        return revoked > 0 ? ExitCode.Done : ExitCode.Failed;
    }
}

/// <summary>How a terminal shows roles and times.</summary>
internal static class KeyText
{
    public static string Of(Role role) => role.ToString().ToLowerInvariant();

    public static string Of(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}

using Workflows.Platform;
using Workflows.Web.Hosting;

namespace Workflows.Embedded.Commands;

/// <summary>Understands what the user wrote, or says in one line why not.</summary>
internal sealed class CommandLine(IReadOnlyList<ICommand> commands, ICommand byDefault)
{
    public async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal)
    {
        if (args is ["help", ..])
        {
            args = [.. args.Skip(1), "--help"];
        }

        if (args is ["--version"])
        {
            await terminal.Out.WriteLineAsync($"Workflows {ProductVersion.Text}");
            return ExitCode.Done;
        }

        var (command, rest) = Find(args);
        if (rest.Any(IsHelp))
        {
            await terminal.Out.WriteAsync(
                command is null || args.All(IsHelp) ? Help.Of(commands, byDefault) : Help.Of(command));
            return ExitCode.Done;
        }

        if (command is null)
        {
            return await RefuseAsync(terminal, $"Unknown command '{args[0]}'.", null);
        }

        return Parse(command.Syntax, rest, out var arguments) is { } error
            ? await RefuseAsync(terminal, error, command)
            : await RunAsync(command, arguments!, terminal);
    }

    private static async Task<int> RunAsync(ICommand command, Arguments arguments, Terminal terminal)
    {
        try
        {
            return await command.RunAsync(arguments, terminal);
        }
        catch (RefusalException refusal)
        {
            foreach (var reason in refusal.Reasons)
            {
                await terminal.Error.WriteLineAsync(reason);
            }

            return refusal.ExitCode;
        }
        catch (Exception failure) when (failure is DamagedDataException or HomeUnavailableException)
        {
            await terminal.Error.WriteLineAsync(failure.Message);
            return ExitCode.Failed;
        }
    }

    private (ICommand? Command, IReadOnlyList<string> Remaining) Find(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0].StartsWith('-'))
        {
            return (byDefault, args);
        }

        foreach (var command in commands)
        {
            var words = command.Syntax.Name.Split(' ');
            if (args.Take(words.Length).SequenceEqual(words))
            {
                return (command, [.. args.Skip(words.Length)]);
            }
        }

        return (null, args);
    }

    private static string? Parse(CommandSyntax syntax, IReadOnlyList<string> args, out Arguments? arguments)
    {
        arguments = null;
        var parameters = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                parameters.Add(args[i]);
                continue;
            }

            var parts = args[i].Split('=', 2);
            if (syntax.Options.All(option => option.Name != parts[0]))
            {
                return $"Unknown option '{parts[0]}' for {syntax.Name}.";
            }

            if (parts.Length == 1 && (++i == args.Count || args[i].StartsWith("--", StringComparison.Ordinal)))
            {
                return $"Option {parts[0]} needs a value.";
            }

            if (!options.TryAdd(parts[0], parts.Length == 2 ? parts[1] : args[i]))
            {
                return $"Option {parts[0]} is given twice.";
            }
        }

        if (parameters.Count != syntax.Parameters.Count)
        {
            return parameters.Count < syntax.Parameters.Count
                ? $"{syntax.Parameters[parameters.Count]} is missing: {syntax.Usage}"
                : $"Unexpected '{parameters[syntax.Parameters.Count]}': {syntax.Usage}";
        }

        arguments = new Arguments(parameters, options);
        return null;
    }

    private static async Task<int> RefuseAsync(Terminal terminal, string error, ICommand? command)
    {
        await terminal.Error.WriteLineAsync($"{error} See {(command is null ? "" : command.Syntax.Name + " ")}--help.");
        return ExitCode.Usage;
    }

    private static bool IsHelp(string arg) => arg is "--help" or "-h";
}

/// <summary>The user must change something first. Shown without a stack trace.</summary>
internal sealed class RefusalException(
    int exitCode, params IReadOnlyList<string> reasons) : Exception(string.Join(' ', reasons))
{
    public int ExitCode { get; } = exitCode;

    /// <summary>One line each.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}

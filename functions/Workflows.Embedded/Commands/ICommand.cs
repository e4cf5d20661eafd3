namespace Workflows.Embedded.Commands;

/// <summary>One thing that the program can be asked to do.</summary>
internal interface ICommand
{
    CommandSyntax Syntax { get; }

    /// <summary>Does it.</summary>
    /// <returns>The process's exit code.</returns>
    Task<int> RunAsync(Arguments arguments, Terminal terminal);
}

/// <summary>How a command is written.</summary>
/// <param name="Name">One or two words.</param>
/// <param name="Parameters">Names of what must follow, in order.</param>
/// <param name="Summary">One line.</param>
internal sealed record CommandSyntax(
    string Name, IReadOnlyList<string> Parameters, string Summary, IReadOnlyList<OptionSyntax> Options)
{
    public string Usage => string.Join(' ', [Name, .. Parameters]);
}

/// <summary>An option that takes a value.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What the value is, in capitals.</param>
/// <param name="Setting">The environment variable that does the same; null when there is none.</param>
internal sealed record OptionSyntax(string Name, string Value, string Help, string? Setting = null);

/// <summary>What the user wrote after the command.</summary>
internal sealed record Arguments(IReadOnlyList<string> Parameters, IReadOnlyDictionary<string, string> Options)
{
    public string? Option(string name) => Options.GetValueOrDefault(name);
}

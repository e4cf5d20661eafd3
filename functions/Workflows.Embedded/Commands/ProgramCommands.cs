namespace Workflows.Embedded.Commands;

/// <summary>Everything the program can be asked to do.</summary>
internal static class ProgramCommands
{
    public static CommandLine Create()
    {
        return new CommandLine([], null!);
    }
}

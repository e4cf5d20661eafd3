using Workflows.Embedded.Commands;

namespace Workflows.Embedded.Tests.Commands;

/// <summary>The program as a person at a terminal sees it, in this process.</summary>
internal static class Shell
{
    public static Task<(int Exit, string Output, string Error)> RunAsync(params string[] args) =>
        RunAsync(ProgramCommands.Create(), args);

    public static async Task<(int Exit, string Output, string Error)> RunAsync(
        CommandLine program, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await program.RunAsync(args, new Terminal(output, error, HasColour: false));
        return (exit, output.ToString(), error.ToString());
    }
}

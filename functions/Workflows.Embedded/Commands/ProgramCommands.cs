namespace Workflows.Embedded.Commands;

/// <summary>Everything the program can be asked to do.</summary>
internal static class ProgramCommands
{
    public static CommandLine Create()
    {
        var serve = new ServeCommand();
        return new CommandLine(
            [
                serve, new DemoCommand(), new VerifyCommand(), new RecordCommand(), new AddKeyCommand(),
                new ListKeysCommand(),
                new RevokeKeyCommand(), new CheckPolicyCommand(), new PrintPolicyCommand(), new AccessCommand(),
            ],
            serve);
    }
}

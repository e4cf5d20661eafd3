using Workflows.Engine;

namespace Workflows.Embedded.Commands;

/// <summary>Writes histories down, for later builds to be held against.</summary>
internal sealed class RecordCommand : ICommand
{
    private const string Instance = "--instance";

    public CommandSyntax Syntax { get; } = new(
        "record",
        ["DIR"],
        "Write the histories of a database into a folder, for verify --against-history. They hold what deals hold.",
        [StoredDatabase.Option, new(Instance, "ID", "only this instance")]);

    public async Task<int> RunAsync(Arguments arguments, Terminal terminal)
    {
        var (database, directory) = (StoredDatabase.Find(arguments)!, arguments.Parameters[0]);
        var count = StoredDatabase.Read(() => HistoryVerifier.Record(database, directory, arguments.Option(Instance)));
        if (count == 0 && arguments.Option(Instance) is { } missing)
        {
            throw new RefusalException(ExitCode.Failed, $"There is no instance '{missing}' in {database}.");
        }

        await terminal.Out.WriteLineAsync(
            $"{(count == 1 ? "1 history" : $"{count} histories")} of {database} written to {directory}.");
        return ExitCode.Done;
    }
}

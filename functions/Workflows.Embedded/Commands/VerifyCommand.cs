using Workflows.Engine;
using Workflows.Platform;

namespace Workflows.Embedded.Commands;

/// <summary>
/// Reports, before a deploy, whether this build can go on with what an older one began. Runs nothing, writes nothing.
/// </summary>
/// <param name="catalog">The code to hold the histories against; null is this build's.</param>
internal sealed class VerifyCommand(DurableCatalog? catalog = null) : ICommand
{
    private const string Recorded = "--against-history";

    public CommandSyntax Syntax { get; } = new(
        "verify",
        [],
        "Replay every stored instance and recorded history against this build, and tell where they part.",
        [
            StoredDatabase.Option,
            new(Recorded, "DIR", "recorded histories, as record writes them; without --db only these are replayed"),
        ]);

    public async Task<int> RunAsync(Arguments arguments, Terminal terminal)
    {
        var verifier = new HistoryVerifier(
            catalog ?? new DurableCatalog().AddAssembly(typeof(BusinessServices).Assembly));
        var directory = arguments.Option(Recorded);
        var findings = new List<VerificationFinding>();
        var replayed = new List<string>();
        if (StoredDatabase.Find(arguments, isOptional: directory is not null) is { } database)
        {
            var report = StoredDatabase.Read(() => verifier.VerifyFile(database));
            findings.AddRange(report.Findings);
            replayed.Add($"{Count(report.Histories, "instance", "instances")} of {database}");
        }

        if (directory is not null)
        {
            var report = StoredDatabase.Read(() => verifier.VerifyRecorded(directory));
            if (report.Histories == 0)
            {
                throw new RefusalException(ExitCode.Failed, $"There is no recorded history in {directory}.");
            }

            findings.AddRange(report.Findings);
            replayed.Add($"{Count(report.Histories, "recorded history", "recorded histories")} of {directory}");
        }

        foreach (var finding in findings)
        {
            await terminal.Out.WriteLineAsync(Line(finding));
        }

        var outcome = findings.Count == 0
            ? "no difference."
            : $"{Count(findings.Count, "difference", "differences")}. An instance that differs is blocked when it "
                + "wakes up, and goes on under a build that follows its history.";
        await terminal.Out.WriteLineAsync($"Replayed {string.Join(" and ", replayed)}: {outcome}");
        return findings.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Line(VerificationFinding finding) => finding.EventNumber > 0
        ? $"{finding.Subject}, event {finding.EventNumber}: expected {finding.Expected}; found {finding.Found}"
        : $"{finding.Subject}: expected {finding.Expected}; found {finding.Found}";

    private static string Count(int count, string one, string several) => $"{count} {(count == 1 ? one : several)}";
}

using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Storage;
using Workflows.Engine.Tables;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine;

/// <summary>
/// Replays histories against the present code, without running activities: to be used before a deploy. It reads a file
/// while an engine may run on it, and writes nothing to it.
/// </summary>
public sealed class HistoryVerifier
{
    private const string Replayable = "a history that can be replayed";
    private readonly DurableCatalog _catalog;
    private readonly VersionPolicy _versions;

    /// <param name="catalog">The orchestrations of the present code.</param>
    /// <param name="versions">The versions of the instances that are replayed; null is all.</param>
    public HistoryVerifier(DurableCatalog catalog, VersionPolicy? versions = null)
    {
        _catalog = catalog;
        _versions = versions ?? VersionPolicy.Any;
    }

    /// <summary>
    /// Replays every instance of a file, ended ones too, and checks all hashes and all guarded tables.
    /// </summary>
    /// <param name="databasePath">The database file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public VerificationReport VerifyFile(string databasePath) => StoredHistories.Read(databasePath, stored =>
    {
        var findings = new List<VerificationFinding>();
        var count = 0;
        foreach (var id in stored.InstanceIds())
        {
            count++;
            Check(findings, id, () => stored.InTransaction(() => Replay(stored, id)));
        }

        foreach (var (table, partition) in stored.GuardedPartitions())
        {
            Check(
                findings,
                $"{table}/{partition}",
                () => stored.InTransaction(() => stored.ThrowIfIncomplete(table, partition)));
        }

        return new VerificationReport(count, findings);
    });

    /// <summary>Replays every recorded history of a folder and its subfolders.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public VerificationReport VerifyRecorded(string directory)
    {
        var findings = new List<VerificationFinding>();
        var files = RecordedFiles.In(directory);
        foreach (var file in files)
        {
            Check(findings, Path.GetRelativePath(directory, file), () =>
            {
                var (row, turns, fileId) = RecordedHistory.Parse(RecordedFiles.Read(file)).Restore();
                Replay(row, turns, fileId);
            });
        }

        return new VerificationReport(files.Count, findings);
    }

    /// <summary>
    /// Writes the history of the present generation of an instance, or of every instance, to a folder that
    /// <see cref="VerifyRecorded"/> reads: one file for each instance, in a subfolder for its orchestration.
    /// </summary>
    /// <param name="databasePath">The database file.</param>
    /// <param name="directory">
    /// The folder, which is created when it is missing. A history that is there already is overwritten.
    /// </param>
    /// <param name="instanceId">The instance; null is every instance.</param>
    /// <returns>The number of histories written.</returns>
    /// <exception cref="IOException">The file cannot be read, or the folder cannot be written.</exception>
    /// <exception cref="DamagedDataException">A history is not what was written.</exception>
    public static int Record(string databasePath, string directory, string? instanceId = null) =>
        StoredHistories.Read(databasePath, stored => Record(stored, directory, instanceId));

    private static int Record(StoredHistories stored, string directory, string? instanceId)
    {
        var count = 0;
        foreach (var id in instanceId is null ? stored.InstanceIds() : [instanceId])
        {
            stored.InTransaction(() =>
            {
                if (stored.Find(id) is { } row)
                {
                    RecordedFiles.Write(directory, RecordedHistory.Of(row, stored.Turns(row), stored.FileId));
                    count++;
                }
            });
        }

        return count;
    }

    private static void Check(List<VerificationFinding> findings, string subject, Action check)
    {
        try
        {
            check();
        }
        catch (DivergenceException divergence)
        {
            findings.Add(new VerificationFinding(
                subject, divergence.EventNumber, divergence.Expected, divergence.Found));
        }
        catch (Exception exception) when (exception is not StorageException)
        {
            findings.Add(new VerificationFinding(subject, 0, Replayable, exception.Message));
        }
    }

    private void Replay(StoredHistories stored, string id)
    {
        // The instance may have been purged after its id was read.
        if (stored.Find(id) is { } row && _versions.Accepts(row.Version))
        {
            Replay(row, stored.Turns(row), stored.FileId);
        }
    }

    private void Replay(InstanceRow row, IReadOnlyList<TurnRecord> turns, long fileId)
    {
        var descriptor = _catalog.FindOrchestration(row.Name)
            ?? throw new InvalidOperationException($"There is no orchestration '{row.Name}' in this build.");
        var services = new TurnServices(
            _catalog, new Payloads(int.MaxValue), NullLoggerFactory.Instance, () => fileId);
        var orchestrator = new Orchestrator(row, descriptor, services, () => { });
        foreach (var turn in turns)
        {
            orchestrator.Replay(turn);
        }
    }
}

/// <summary>The result of a verification.</summary>
/// <param name="Histories">The number of histories replayed.</param>
/// <param name="Findings">
/// Where code and history differ, or a history cannot be read; empty when there is no such place.
/// </param>
public sealed record VerificationReport(int Histories, IReadOnlyList<VerificationFinding> Findings);

/// <summary>A place where code and history differ, or a history that cannot be read.</summary>
/// <param name="Subject">The instance, the recorded file, or the guarded table and partition.</param>
/// <param name="EventNumber">
/// The number of the event in the history, from 1; 0 when the finding concerns the whole.
/// </param>
/// <param name="Expected">What the history contains.</param>
/// <param name="Found">What the present code does.</param>
public sealed record VerificationFinding(string Subject, int EventNumber, string Expected, string Found);

using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Storage;
using Workflows.Engine.Tables;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine;

/// <summary>
/// Replays histories against the present code without running anything: to be asked before a deploy. Reads the file
/// beside a running engine, and writes nothing.
/// </summary>
public sealed class HistoryVerifier
{
    private const string Replayable = "a history that can be replayed";
    private readonly DurableCatalog _catalog;
    private readonly VersionPolicy _versions;

    /// <param name="catalog">The present code.</param>
    /// <param name="versions">Which stored instances it runs; null is all. The others need not fit it.</param>
    public HistoryVerifier(DurableCatalog catalog, VersionPolicy? versions = null)
    {
        _catalog = catalog;
        _versions = versions ?? VersionPolicy.Any;
    }

    /// <summary>Replays every instance of a file, ended ones too, and checks every hash and guarded table on the way.</summary>
    /// <param name="databasePath">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public VerificationReport VerifyFile(string databasePath) => StoredHistories.Read(databasePath, stored =>
    {
        var findings = new List<VerificationFinding>();
        var count = 0;
        foreach (var id in stored.InstanceIds())
        {
            count++;
            Check(findings, id, () => stored.AtOnce(() => Replay(stored, id)));
        }

        foreach (var (table, partition) in stored.GuardedPartitions())
        {
            Check(findings, $"{table}/{partition}", () => stored.AtOnce(() => stored.ThrowIfIncomplete(table, partition)));
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
    /// Writes the present generation's history of an instance, or of every instance, into a folder that
    /// <see cref="VerifyRecorded"/> reads: a file each, under the name of its orchestration.
    /// </summary>
    /// <param name="databasePath">The file to read.</param>
    /// <param name="directory">Made if it is not there. A history that is recorded there already is written anew.</param>
    /// <param name="instanceId">Null is every instance.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="IOException">The file cannot be read, or the folder not be written.</exception>
    /// <exception cref="DamagedDataException">A history is not what was written.</exception>
    public static int Record(string databasePath, string directory, string? instanceId = null) => StoredHistories.Read(databasePath, stored =>
    {
        var count = 0;
        foreach (var id in instanceId is null ? stored.InstanceIds() : [instanceId])
        {
            stored.AtOnce(() =>
            {
                if (stored.Find(id) is { } row)
                {
                    RecordedFiles.Write(directory, RecordedHistory.Of(row, stored.Turns(row), stored.FileId));
                    count++;
                }
            });
        }

        return count;
    });

    private static void Check(List<VerificationFinding> findings, string subject, Action check)
    {
        try
        {
            check();
        }
        catch (DivergenceException divergence)
        {
            findings.Add(new VerificationFinding(subject, divergence.EventNumber, divergence.Expected, divergence.Found));
        }
        catch (Exception exception) when (exception is not StorageException)
        {
            findings.Add(new VerificationFinding(subject, 0, Replayable, exception.Message));
        }
    }

    private void Replay(StoredHistories stored, string id)
    {
        // It may have been purged since it was listed.
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

/// <summary>What a verification found.</summary>
/// <param name="Histories">How many were replayed.</param>
/// <param name="Findings">Where code and history disagree, or a history cannot be read; empty when all is well.</param>
public sealed record VerificationReport(int Histories, IReadOnlyList<VerificationFinding> Findings);

/// <summary>One disagreement.</summary>
/// <param name="Subject">The instance, the recorded file, or the guarded table and partition.</param>
/// <param name="EventNumber">Where in its history, counted from 1; 0 when it concerns the whole.</param>
/// <param name="Expected">What the history has.</param>
/// <param name="Found">What the present code does.</param>
public sealed record VerificationFinding(string Subject, int EventNumber, string Expected, string Found);

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Storage;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine;

/// <summary>
/// Replays histories against the present code without running anything: to be asked before a deploy. Reads the file
/// beside a running engine, and writes nothing.
/// </summary>
public sealed class HistoryVerifier
{
    private const int PageSize = 200;
    private readonly DurableCatalog _catalog;

    /// <param name="catalog">The present code.</param>
    public HistoryVerifier(DurableCatalog catalog) => _catalog = catalog;

    /// <summary>Replays every instance of a file, ended ones too, and checks every hash on the way.</summary>
    /// <param name="databasePath">The file.</param>
    /// <param name="options">Which tables are guarded; null is none.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public VerificationReport VerifyFile(string databasePath, EngineOptions? options = null)
    {
        using var connection = Open(databasePath);
        var fileId = FileIdOf(connection);
        var findings = new List<VerificationFinding>();
        var count = 0;
        foreach (var id in InstanceIdsOf(connection))
        {
            count++;
            Check(findings, id, () => Replay(connection, id, fileId));
        }

        foreach (var (table, partition) in GuardedPartitionsOf(connection, options ?? new EngineOptions()))
        {
            Check(findings, $"{table}/{partition}", () => Tables.RowStatements.ThrowIfIncomplete(connection, table, partition));
        }

        return new VerificationReport(count, findings);
    }

    /// <summary>Replays every recorded history (<c>*.json</c>) of a folder and its subfolders.</summary>
    public VerificationReport VerifyRecorded(string directory)
    {
        var findings = new List<VerificationFinding>();
        var files = Directory.EnumerateFiles(directory, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        foreach (var file in files)
        {
            Check(findings, Path.GetRelativePath(directory, file), () =>
            {
                var (row, turns, fileId) = RecordedHistory.Parse(File.ReadAllText(file)).Restore();
                Replay(row, turns, fileId);
            });
        }

        return new VerificationReport(files.Count, findings);
    }

    /// <summary>Writes the present generation's history of an instance as a file that <see cref="VerifyRecorded"/> reads.</summary>
    /// <returns>False when there is no such instance.</returns>
    public static bool Export(string databasePath, string instanceId, string targetFile)
    {
        using var connection = Open(databasePath);
        if (InstanceStatements.Find(connection, instanceId) is not { } row)
        {
            return false;
        }

        var turns = InstanceStatements.ReadTurns(connection, row.Key).ConvertAll(turn => TurnRecord.Decode(turn.Data));
        File.WriteAllText(targetFile, RecordedHistory.Of(row, turns, FileIdOf(connection)).Print() + "\n");
        return true;
    }

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
        catch (Exception exception)
        {
            findings.Add(new VerificationFinding(subject, 0, "a history that can be replayed", exception.Message));
        }
    }

    private static Connection Open(string databasePath) => File.Exists(databasePath)
        ? Connection.Open(databasePath, readOnly: true)
        : throw new FileNotFoundException($"There is no database {databasePath}.", databasePath);

    private static long FileIdOf(Connection connection) =>
        connection.Use("SELECT value FROM meta WHERE name = 'file_id'").ReadLong() ?? 0;

    private static IEnumerable<string> InstanceIdsOf(Connection connection)
    {
        var after = 0L;
        while (true)
        {
            var statement = connection.Use("SELECT key, id FROM instances WHERE key > ? ORDER BY key LIMIT ?").With(after).With(PageSize);
            var page = new List<string>();
            while (statement.Read())
            {
                after = statement.Long(0);
                page.Add(statement.Text(1));
            }

            foreach (var id in page)
            {
                yield return id;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }
        }
    }

    private static List<(string Table, string Partition)> GuardedPartitionsOf(Connection connection, EngineOptions options)
    {
        var partitions = new List<(string, string)>();
        foreach (var table in options.GuardedTables.Select(table => table.ToLowerInvariant()))
        {
            var statement = connection.Use("SELECT pk FROM digests WHERE tbl = ? UNION SELECT DISTINCT pk FROM rows WHERE tbl = ?")
                .With(table).With(table);
            while (statement.Read())
            {
                partitions.Add((table, statement.Text(0)));
            }
        }

        return partitions;
    }

    private void Replay(Connection connection, string id, long fileId)
    {
        if (InstanceStatements.Find(connection, id) is not { } row)
        {
            return;
        }

        var chain = TurnRecord.NoChain;
        var turns = new List<TurnRecord>();
        foreach (var stored in InstanceStatements.ReadTurns(connection, row.Key))
        {
            chain = TurnRecord.ChainAfter(chain, row.Key, stored.Turn, stored.Data);
            if (stored.Turn != turns.Count + 1 || !chain.AsSpan().SequenceEqual(stored.Chain))
            {
                throw new DamagedDataException($"The history of instance '{id}', from turn {turns.Count + 1} on,");
            }

            turns.Add(TurnRecord.Decode(stored.Data));
        }

        Replay(row, turns, fileId);
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

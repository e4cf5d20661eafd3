using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Azure.Durable.Signals;

/// <summary>
/// The only copy of events that counts. One partition per instance:
/// <c>head</c>, inserted once, decides who starts the instance and numbers its signals;
/// <c>event-{hash}</c>, inserted once, makes an event id count once;
/// <c>signal-{number}</c> holds the event. The three change in one batch, so that order and count are exact however
/// many
/// processes raise at once. Durable's own event is a wake-up that may get lost.
/// </summary>
public sealed class SignalTable(ITableStore tables, TimeProvider clock)
{
    private const string Table = "Signals";
    private const string HeadKey = "head";
    private const int ChunkBytes = 60 * 1024;
    private const int ChunksPerRow = 12;

    /// <summary>
    /// More than one event of the largest size would come close to what one message to the worker may carry.
    /// </summary>
    private const int PageBytes = Payloads.MaxBytes;

    /// <summary>
    /// One after the other within this process, so that many raises to one instance do not undo each other.
    /// </summary>
    private readonly SemaphoreSlim[] _turnstiles = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>The instance's head; null when nobody started it through this app.</summary>
    public async Task<SignalHead?> FindHeadAsync(string instanceId, CancellationToken cancellation) =>
        await tables.GetAsync(Table, instanceId, HeadKey, cancellation) is { } row ? SignalHead.Of(row) : null;

    /// <summary>Takes the id for a run. Of many that try, one gets it.</summary>
    public Task<bool> TryTakeAsync(string instanceId, string run, CancellationToken cancellation) =>
        tables.TryInsertAsync(
            Table, new SignalHead(run, From: 0, Last: 0, clock.GetUtcNow(), Reason: null).ToRow(instanceId),
            cancellation);

    /// <summary>
    /// Gives a taken id to another run, if nobody changed its head meanwhile. Numbers go on where they were.
    /// </summary>
    /// <param name="from">Signals up to this number are not the new run's.</param>
    public async Task<bool> TryReplaceAsync(
        string instanceId, SignalHead head, string run, long from, CancellationToken cancellation)
    {
        var next = head with
        {
            Run = run,
            From = from,
            TakenAt = clock.GetUtcNow(),
            Reason = null,
            IsClosed = false,
        };
        return await tables.TryWriteAsync(Table, next.ToRow(instanceId), head.ETag, cancellation) is not null;
    }

    /// <summary>Keeps why a person held or ended the instance; Durable does not tell.</summary>
    public Task KeepReasonAsync(string instanceId, string reason, CancellationToken cancellation) =>
        tables.ChangeAsync(
            Table,
            instanceId,
            HeadKey,
            row =>
            {
                var head = row is null
                    ? new SignalHead(Run: "", From: 0, Last: 0, clock.GetUtcNow(), reason)
                    : SignalHead.Of(row) with { Reason = reason };
                return RowChange.Write(head.ToRow(instanceId), head);
            },
            cancellation);

    /// <summary>
    /// Closes a run that ends: from now on nothing is kept for it. Closing it again reads the same.
    /// </summary>
    /// <returns>What was kept after a number; nothing when the id has been given to another run.</returns>
    public async Task<SignalPage> CloseAsync(
        string instanceId, string run, long after, CancellationToken cancellation)
    {
        while (true)
        {
            if (await FindHeadAsync(instanceId, cancellation) is not { } head)
            {
                await TryTakeAsync(instanceId, "", cancellation);
                continue;
            }

            if (head.Run.Length > 0 && head.Run != run)
            {
                return new SignalPage([], More: false);
            }

            var closed = head with { IsClosed = true };
            if (head.IsClosed
                || await tables.TryWriteAsync(Table, closed.ToRow(instanceId), head.ETag, cancellation) is not null)
            {
                return head.Last > after
                    ? await ReadAsync(instanceId, after, cancellation)
                    : new SignalPage([], More: false);
            }
        }
    }

    /// <summary>Keeps an event, once per id, unless the instance's run has been closed.</summary>
    /// <returns>What became of it, and the wake-up that announces it when it was kept.</returns>
    public async Task<(RaiseOutcome Outcome, WakeUp? WakeUp)> TryKeepAsync(
        string instanceId, string name, JsonElement payload, string eventId, CancellationToken cancellation)
    {
        var marker = "event-" + Sha256Hex.Lower(eventId);
        var turnstile = _turnstiles[(uint)instanceId.GetHashCode(StringComparison.Ordinal) % _turnstiles.Length];
        await turnstile.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                var head = await FindHeadAsync(instanceId, cancellation);
                if (head is null)
                {
                    // A sub-orchestration under a derived id: its first event makes its head.
                    await TryTakeAsync(instanceId, "", cancellation);
                    continue;
                }

                if (head.IsClosed)
                {
                    var wasKept = await tables.GetAsync(Table, instanceId, marker, cancellation) is not null;
                    return (wasKept ? RaiseOutcome.Duplicate : RaiseOutcome.TooLate, null);
                }

                try
                {
                    var signal = new Signal(head.Last + 1, name, clock.GetUtcNow(), payload);
                    await tables.ExecuteAsync(Table, BatchOf(instanceId, head, marker, signal), cancellation);
                    return (RaiseOutcome.Accepted, WakeUp.For(head.Run, signal));
                }
                catch (RowConflictException)
                {
                    if (await tables.GetAsync(Table, instanceId, marker, cancellation) is not null)
                    {
                        return (RaiseOutcome.Duplicate, null);
                    }
                }
            }
        }
        finally
        {
            turnstile.Release();
        }
    }

    /// <summary>The signals after a number, in order of arrival, as many as one answer should carry.</summary>
    public async Task<SignalPage> ReadAsync(string instanceId, long after, CancellationToken cancellation)
    {
        var signals = new List<Signal>();
        var parts = new List<byte[]>();
        var bytes = 0;
        var query = TableQuery.Of(instanceId, "signal-") with { RowFrom = KeyOf(after + 1, 0) };
        await foreach (var row in tables.ReadAllAsync(Table, query, cancellation))
        {
            if (row.WholeNumber("Part") == 0 && bytes >= PageBytes)
            {
                return new SignalPage(signals, More: true);
            }

            parts.AddRange(
                Enumerable.Range(0, ChunksPerRow).Select(i => row[$"Payload{i}"] as byte[]).OfType<byte[]>());
            if (parts.Count < row.WholeNumber("Parts"))
            {
                continue;
            }

            var payload = Unpack(parts);
            bytes += payload.Length;
            signals.Add(new Signal(
                row.WholeNumber("Number")!.Value,
                row.RequiredText("Name"),
                row.Time("ArrivedAt")!.Value,
                JsonDocument.Parse(payload).RootElement));
            parts.Clear();
        }

        return new SignalPage(signals, More: false);
    }

    /// <summary>
    /// Forgets an instance, unless its id has been given to another run or got a signal since its head was read.
    /// </summary>
    public async Task ForgetAsync(string instanceId, SignalHead head, CancellationToken cancellation)
    {
        await ForgetAsync(instanceId, head.Last, cancellation);
        // A head that has changed since is another run's.
        await tables.TryDeleteAsync(Table, instanceId, HeadKey, head.ETag!, cancellation);
    }

    /// <summary>Forgets an instance's events up to a number, so that their ids may be used again.</summary>
    public async Task ForgetAsync(string instanceId, long upTo, CancellationToken cancellation)
    {
        var keys = new List<string>();
        await foreach (var row in tables.ReadAllAsync(Table, TableQuery.Of(instanceId), cancellation))
        {
            if (row.WholeNumber("Number") <= upTo)
            {
                keys.Add(row.RowKey);
            }
        }

        foreach (var batch in keys.Chunk(TableRules.MaxBatch))
        {
            await tables.ExecuteAsync(
                Table, [.. batch.Select(key => TableOperation.Delete(instanceId, key, TableOperation.AnyETag))],
                cancellation);
        }
    }

    private static List<TableOperation> BatchOf(string instanceId, SignalHead head, string marker, Signal signal)
    {
        var batch = new List<TableOperation>
        {
            TableOperation.Replace((head with { Last = signal.Number }).ToRow(instanceId), head.ETag!),
            TableOperation.Insert(new TableRow(instanceId, marker) { ["Number"] = signal.Number }),
        };
        var chunks = Pack(signal.Payload).Chunk(ChunkBytes).ToArray();
        for (var part = 0; part * ChunksPerRow < chunks.Length; part++)
        {
            var row = new TableRow(instanceId, KeyOf(signal.Number, part))
            {
                ["Number"] = signal.Number,
                ["Name"] = signal.Name,
                ["ArrivedAt"] = signal.ArrivedAt,
                ["Part"] = part,
                ["Parts"] = chunks.Length,
            };
            foreach (var (i, chunk) in chunks.Skip(part * ChunksPerRow).Take(ChunksPerRow).Index())
            {
                row[$"Payload{i}"] = chunk;
            }

            batch.Add(TableOperation.Insert(row));
        }

        return batch;
    }

    private static string KeyOf(long number, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"signal-{number:D12}-{part:D2}");

    private static byte[] Pack(JsonElement payload)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(payload.GetRawText()));
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(List<byte[]> chunks)
    {
        using var packed = new MemoryStream([.. chunks.SelectMany(chunk => chunk)]);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var payload = new MemoryStream();
        gzip.CopyTo(payload);
        return payload.ToArray();
    }
}

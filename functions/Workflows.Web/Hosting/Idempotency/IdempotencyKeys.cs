using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Web.Hosting.Idempotency;

/// <summary>What became of a request's claim to run under its key.</summary>
internal abstract record Claim
{
    /// <summary>It runs. The claim is finished with <see cref="IdempotencyKeys.FinishAsync"/> or given back.</summary>
    public sealed record Granted(TableRow Row, string ETag) : Claim;

    /// <summary>It ran before: this was the answer.</summary>
    public sealed record Finished(StoredAnswer Answer) : Claim;

    /// <summary>The first request is still running, or a crash left it behind.</summary>
    /// <param name="Wait">When to come back: soon for what runs here, else when the claim counts as abandoned.</param>
    public sealed record Running(TimeSpan Wait) : Claim;

    /// <summary>The key came with another request.</summary>
    public sealed record Reused : Claim;
}

/// <summary>An answer as it went out the first time.</summary>
internal sealed record StoredAnswer(int Status, string? ContentType, string? Location, byte[] Body);

/// <summary>
/// The keys under which creating requests ran, in the table <c>IdempotencyKeys</c>: one row per key in an
/// <see cref="IdempotencyScope"/>, with a fingerprint of the request and, once it ended, its answer. Rows live 24 hours.
/// </summary>
internal sealed class IdempotencyKeys(ITableStore tables, TimeProvider clock, ILogger<IdempotencyKeys> logger)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>
    /// A claim older than this was left behind by a crash; its request may run again, and finds its own effects.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(30);

    /// <summary>What runs in this process is over within a moment, or runs on: asking costs little.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private const string Table = "IdempotencyKeys";
    private const int LargestAnswer = 60 * 1024;

    private readonly ConcurrentDictionary<(string Scope, string Key), bool> _runningHere = new();

    public async Task<Claim> ClaimAsync(string scope, string key, byte[] fingerprint, CancellationToken cancellation)
    {
        var claim = await TryClaimAsync(scope, key, fingerprint, cancellation);
        if (claim is Claim.Granted granted)
        {
            _runningHere[KeyOf(granted.Row)] = true;
        }

        return claim;
    }

    private async Task<Claim> TryClaimAsync(
        string scope, string key, byte[] fingerprint, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var row = new TableRow(scope, Sha256Hex.Lower(key))
        {
            ["Fingerprint"] = fingerprint,
            ["ClaimedAt"] = now,
            ["ExpiresAt"] = now + Lifetime,
        };
        try
        {
            return new Claim.Granted(row, await tables.InsertAsync(Table, row, cancellation));
        }
        catch (RowConflictException)
        {
            return await ClaimAgainAsync(row, fingerprint, now, cancellation);
        }
    }

    /// <summary>The key was used before.</summary>
    private async Task<Claim> ClaimAgainAsync(
        TableRow row, byte[] fingerprint, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            if (await tables.GetAsync(Table, row.PartitionKey, row.RowKey, cancellation) is not { } found)
            {
                return new Claim.Granted(row, await tables.InsertAsync(Table, row, cancellation));
            }

            if (found.Time("ExpiresAt") <= now)
            {
                return new Claim.Granted(row, await tables.ReplaceAsync(Table, row, found.ETag!, cancellation));
            }

            if (!fingerprint.AsSpan().SequenceEqual((byte[])found.Required("Fingerprint")))
            {
                return new Claim.Reused();
            }

            if (found.WholeNumber("Status") is { } status)
            {
                return new Claim.Finished(new StoredAnswer(
                    (int)status, found.Text("ContentType"), found.Text("Location"), found["Body"] as byte[] ?? []));
            }

            var isAbandonedIn = found.Time("ClaimedAt")!.Value + Abandoned - now;
            return isAbandonedIn <= TimeSpan.Zero
                ? new Claim.Granted(row, await tables.ReplaceAsync(Table, row, found.ETag!, cancellation))
                : new Claim.Running(_runningHere.ContainsKey(KeyOf(row)) ? Soon : isAbandonedIn);
        }
        catch (RowConflictException)
        {
            return new Claim.Running(Soon);
        }
    }

    /// <summary>
    /// Keeps the answer. One too large to keep frees the key: the request is safe to run again by its own ids.
    /// </summary>
    public async Task FinishAsync(Claim.Granted claim, StoredAnswer answer)
    {
        _runningHere.TryRemove(KeyOf(claim.Row), out _);
        if (answer.Body.Length > LargestAnswer)
        {
            await GiveBackAsync(claim);
            return;
        }

        claim.Row["Status"] = answer.Status;
        claim.Row["ContentType"] = answer.ContentType;
        claim.Row["Location"] = answer.Location;
        claim.Row["Body"] = answer.Body;
        // When it took so long that another run of the same request took over, that one's answer is kept.
        await tables.TryWriteAsync(Table, claim.Row, claim.ETag, CancellationToken.None);
    }

    /// <summary>Frees the key: the request failed on our side and may be sent again.</summary>
    public async Task GiveBackAsync(Claim.Granted claim)
    {
        _runningHere.TryRemove(KeyOf(claim.Row), out _);
        try
        {
            await tables.DeleteAsync(
                Table, claim.Row.PartitionKey, claim.Row.RowKey, claim.ETag, CancellationToken.None);
        }
        catch (Exception exception) when (exception is RowConflictException or HomeUnavailableException)
        {
            // Another request took over, or the store fails: then the claim is taken over once it counts as abandoned.
        }
    }

    private static (string Scope, string Key) KeyOf(TableRow row) => (row.PartitionKey, row.RowKey);

    /// <summary>Removes rows whose time is over.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var removed = 0;
        var now = clock.GetUtcNow();
        try
        {
            await foreach (var row in tables.ReadAllAsync(Table, new TableQuery(), cancellation))
            {
                if (row.Time("ExpiresAt") <= now)
                {
                    await tables.DeleteAsync(Table, row.PartitionKey, row.RowKey, row.ETag!, cancellation);
                    removed++;
                }
            }
        }
        catch (Exception exception) when (exception is RowConflictException or HomeUnavailableException)
        {
            Log.SweepFailed(logger, exception);
        }

        return removed;
    }
}

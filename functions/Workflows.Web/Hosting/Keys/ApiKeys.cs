using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Web.Hosting.Keys;

/// <summary>A key as it is kept: never the key itself.</summary>
/// <param name="Id">Names the key in lists and logs: the first 16 hexadecimal digits of its SHA-256.</param>
/// <param name="Name">Staff id of its holder.</param>
/// <param name="Role">What it opens.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="RevokedAt">UTC; null while it is good.</param>
public sealed record ApiKey(string Id, string Name, Role Role, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <summary>A key just made. The only moment at which it can be read.</summary>
/// <param name="Key">What is kept of it.</param>
/// <param name="Secret">What the holder sends as <c>Authorization: Bearer</c>.</param>
public sealed record NewApiKey(ApiKey Key, string Secret);

/// <summary>
/// The keys of a home, in the table <c>ApiKeys</c>. Only SHA-256 hashes are stored, compared in constant time.
/// </summary>
public sealed class ApiKeys(ITableStore tables, TimeProvider clock, ILogger<ApiKeys> logger)
{
    /// <summary>Characters that a key chosen by an administrator must have at least.</summary>
    public const int MinSecretLength = 16;

    private const int MaxSecretLength = 256;

    private const string Table = "ApiKeys";
    private const string Partition = "keys";
    private const string AdminName = "admin";

    /// <summary>What the product does by itself is recorded under this name: no person acts in it.</summary>
    private static readonly string Reserved = StaffId.System.Value;

    /// <summary>Makes a key of 256 random bits.</summary>
    /// <param name="name">Staff id of its holder: 1 to 64 of <c>a-z A-Z 0-9 . _ -</c>, a letter or digit first.</param>
    /// <param name="role">What it opens.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public async Task<NewApiKey> AddAsync(string name, Role role, CancellationToken cancellation = default)
    {
        ThrowIfInvalidName(name);
        var secret = "wfk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new NewApiKey(await StoreAsync(name, role, secret, cancellation), secret);
    }

    /// <summary>Every key, revoked ones too, oldest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellation = default) =>
        await tables.ReadAllAsync(Table, TableQuery.Of(Partition), cancellation)
            .Select(ToKey)
            .OrderBy(key => key.CreatedAt)
            .ToListAsync(cancellation);

    /// <summary>
    /// Revokes a key, or every key of a name. Requests with it are refused from now on, sessions included.
    /// </summary>
    /// <returns>How many good keys were revoked.</returns>
    public async Task<int> RevokeAsync(string idOrName, CancellationToken cancellation = default)
    {
        var revoked = 0;
        foreach (var key in await ListAsync(cancellation))
        {
            if (key.RevokedAt is null && (key.Id == idOrName || key.Name == idOrName))
            {
                var row = new TableRow(Partition, key.Id) { ["RevokedAt"] = clock.GetUtcNow() };
                await tables.ExecuteAsync(Table, [TableOperation.Merge(row, TableOperation.AnyETag)], cancellation);
                Log.KeyRevoked(logger, key.Id);
                revoked++;
            }
        }

        return revoked;
    }

    /// <summary>
    /// Sees to it that an admin can sign in: keeps the configured key as an admin's, or makes one when no admin's key
    /// is good.
    /// </summary>
    /// <param name="configured">From the environment; null makes one at the first start.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The key that was made, to be shown once; null when none was needed.</returns>
    /// <exception cref="ArgumentException">The configured key is too short.</exception>
    public async Task<NewApiKey?> EnsureAdminAsync(string? configured, CancellationToken cancellation = default)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            await EnsureAsync(AdminName, Role.Admin, configured, cancellation);
            return null;
        }

        var keys = await ListAsync(cancellation);
        return keys.Any(key => key is { Role: Role.Admin, RevokedAt: null })
            ? null
            : await AddAsync(AdminName, Role.Admin, cancellation);
    }

    /// <summary>Keeps a key that an admin chose. One that was revoked stays revoked.</summary>
    /// <param name="name">Staff id of its holder, as for a key that is made.</param>
    /// <param name="role">What it opens.</param>
    /// <param name="secret">What the holder sends.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ArgumentException">The name breaks the rule, or the secret is too short.</exception>
    public async Task EnsureAsync(string name, Role role, string secret, CancellationToken cancellation = default)
    {
        ThrowIfInvalidName(name);
        if (secret.Length is < MinSecretLength or > MaxSecretLength || secret.Any(c => c is <= ' ' or > '~'))
        {
            throw new ArgumentException(
                $"The key of {name} must have {MinSecretLength} to {MaxSecretLength} visible ASCII characters.",
                nameof(secret));
        }

        var row = await tables.GetAsync(Table, Partition, IdOf(HashOf(secret)), cancellation);
        if (row is null || (ToKey(row) is { RevokedAt: null } kept && (kept.Name != name || kept.Role != role)))
        {
            await StoreAsync(name, role, secret, cancellation);
        }
    }

    /// <summary>The good key that this secret is, or null.</summary>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancellation = default)
    {
        if (secret.Length is < MinSecretLength or > MaxSecretLength)
        {
            return null;
        }

        var hash = HashOf(secret);
        var row = await tables.GetAsync(Table, Partition, IdOf(hash), cancellation);
        return row is not null && row["Hash"] is byte[] stored && CryptographicOperations.FixedTimeEquals(stored, hash)
            && row.Time("RevokedAt") is null
            && ToKey(row) is var key && !IsReserved(key.Name)
            ? key
            : null;
    }

    /// <summary>
    /// Whether a key that was good when a session began still is, and still its holder's in that role.
    /// </summary>
    /// <param name="keyId">Which key.</param>
    /// <param name="name">Staff id of its holder when the session began.</param>
    /// <param name="role">What it opened then.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<bool> IsGoodAsync(
        string keyId, string name, Role role, CancellationToken cancellation = default) =>
        await tables.GetAsync(Table, Partition, keyId, cancellation) is { } row
        && ToKey(row) is { RevokedAt: null } kept && kept.Name == name && kept.Role == role;

    /// <summary>Refuses a name that could not be a staff id.</summary>
    /// <exception cref="ArgumentException">
    /// It is not 1 to 64 letters, digits, dots, dashes or underscores, starts with a mark, or is the product's own.
    /// </exception>
    public static void ThrowIfInvalidName(string name)
    {
        if (name.Length is < 1 or > 64 || !char.IsAsciiLetterOrDigit(name[0])
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            throw new ArgumentException(
                "A key's name is 1 to 64 of a-z A-Z 0-9 . _ - and starts with a letter or digit.", nameof(name));
        }

        if (IsReserved(name))
        {
            throw new ArgumentException(
                $"The name {name} is the product's own. Use the holder's staff id.", nameof(name));
        }
    }

    private static bool IsReserved(string name) => string.Equals(name, Reserved, StringComparison.OrdinalIgnoreCase);

    private async Task<ApiKey> StoreAsync(string name, Role role, string secret, CancellationToken cancellation)
    {
        var hash = HashOf(secret);
        var key = new ApiKey(IdOf(hash), name, role, clock.GetUtcNow(), RevokedAt: null);
        await tables.UpsertAsync(
            Table,
            new TableRow(Partition, key.Id)
            {
                ["Name"] = key.Name,
                ["Role"] = key.Role,
                ["Hash"] = hash,
                ["CreatedAt"] = key.CreatedAt,
            },
            cancellation);
        Log.KeyAdded(logger, key.Id, name, role.ToString());
        return key;
    }

    private static ApiKey ToKey(TableRow row) => new(
        row.RowKey,
        row.RequiredText("Name"),
        row.Choice<Role>("Role") ?? Role.Sales,
        row.Time("CreatedAt") ?? default,
        row.Time("RevokedAt"));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string IdOf(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 8));
}

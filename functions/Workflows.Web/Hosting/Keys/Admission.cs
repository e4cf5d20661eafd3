using Workflows.Trade;

namespace Workflows.Web.Hosting.Keys;

/// <summary>Who is let in: the holder of a good key who has not left the company, by key or by session.</summary>
internal sealed class Admission(ApiKeys keys, FormerStaff former)
{
    /// <summary>The good key that this secret is, or null.</summary>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancellation) =>
        await keys.FindAsync(secret, cancellation) is { } key
            && !await former.HasLeftAsync(new StaffId(key.Name), cancellation)
            ? key
            : null;

    /// <summary>Whether a person who was let in would be let in now with the same key in the same role.</summary>
    public async Task<bool> IsStillGoodAsync(Actor actor, CancellationToken cancellation) =>
        await keys.IsGoodAsync(actor.KeyId, actor.Id.Value, actor.Role, cancellation)
            && !await former.HasLeftAsync(actor.Id, cancellation);
}

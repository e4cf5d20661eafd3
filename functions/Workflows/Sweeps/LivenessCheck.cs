using Workflows.Platform;

namespace Workflows.Sweeps;

/// <summary>Something open that an instance of its own id attends to. Times are UTC.</summary>
/// <param name="KnownSince">Since when there must be an instance.</param>
/// <param name="DueAt">When it does something by itself next; null when it only waits.</param>
internal sealed record OpenItem(string InstanceId, DateTimeOffset KnownSince, DateTimeOffset? DueAt);

/// <summary>Something open that nothing moves any more.</summary>
/// <param name="Status">Where its instance stands; null when there is none that could be read.</param>
/// <param name="Since">When it ended, was parked, or should have acted, UTC.</param>
/// <param name="Reason">
/// Why its instance was held, parked or ended, where a person said so, or why it cannot be read.
/// </param>
/// <param name="Occasion">The same as long as the cause is the same: people are notified of it once.</param>
internal sealed record StalledItem(OrchestrationStatus? Status, DateTimeOffset Since, string? Reason, string Occasion);

/// <summary>Whether an instance attends to what is open. Pure.</summary>
internal static class LivenessCheck
{
    /// <summary>
    /// An activity that fails because of its home is tried again for about two hours; after three it is no hiccup.
    /// </summary>
    public static TimeSpan Margin { get; } = TimeSpan.FromHours(3);

    /// <summary>What is wrong; null when it is attended to.</summary>
    /// <param name="instance">As it stood before <paramref name="item"/> was read.</param>
    /// <param name="lastLook">
    /// When it was looked at before, UTC; null for the first time. What should have happened since is not held against
    /// it: the home may have been down, and be catching up just now.
    /// </param>
    public static StalledItem? Of(OpenItem item, OrchestrationState? instance, DateTimeOffset? lastLook)
    {
        if (instance is null)
        {
            return Late(item.KnownSince, lastLook)
                ? new StalledItem(null, item.KnownSince, null, $"gone|{item.KnownSince.UtcTicks}")
                : null;
        }

        if (instance.IsEnded || instance.Status == OrchestrationStatus.Blocked)
        {
            return new StalledItem(
                instance.Status, instance.LastUpdatedAt, instance.Reason,
                $"{instance.Status}|{instance.ExecutionId}".ToLowerInvariant());
        }

        var due = item.DueAt ?? (instance.Status == OrchestrationStatus.Pending ? instance.CreatedAt : null);
        return due is { } at && Late(at, lastLook)
            ? new StalledItem(instance.Status, at, instance.Reason, $"late|{at.UtcTicks}")
            : null;
    }

    /// <summary>What is wrong with an item whose instance cannot be read.</summary>
    public static StalledItem Damaged(OpenItem item, DamagedDataException damage) =>
        new(null, item.KnownSince, damage.Message, $"damaged|{item.KnownSince.UtcTicks}");

    private static bool Late(DateTimeOffset due, DateTimeOffset? lastLook) => due + Margin < lastLook;
}

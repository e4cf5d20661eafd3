using Workflows.Policies;

namespace Workflows.Approvals.Kinds;

/// <summary>Which levels of authority may decide a value. Every kind of approval goes by this one rule.</summary>
internal static class ApprovalLevels
{
    /// <summary>
    /// The levels whose limit reaches the value, in their order. A level below is not asked, because its yes would be
    /// worth nothing.
    /// </summary>
    /// <param name="levels">In order of rising authority.</param>
    /// <param name="value">
    /// In the unit of the limits, which are included; null when it is not known, such as an amount without an exchange
    /// rate: then only a level without a limit decides.
    /// </param>
    public static IReadOnlyList<ApprovalLevel> LevelsFor(IReadOnlyList<ApprovalLevel> levels, decimal? value) =>
        [.. levels.Where(level => level.UpTo is null || value <= level.UpTo)];
}

using System.Text.Json;
using Workflows.Policies;

namespace Workflows.Approvals.Kinds;

/// <summary>Which levels of authority may decide a value. Every kind of approval goes by this one rule.</summary>
internal static class ApprovalLevels
{
    /// <summary>
    /// The levels of a kind whose limit reaches the value, lowest first. A level below is not asked, because its yes
    /// would be worth nothing.
    /// </summary>
    /// <param name="value">
    /// In the unit of the limits, which are included; null when it is not known, such as an amount without an exchange
    /// rate: then only a level without a limit decides.
    /// </param>
    public static IReadOnlyList<ApprovalLevel> LevelsFor(this Policy policy, ApprovalKind kind, decimal? value) =>
        [.. policy.LevelsOf(kind).Where(level => level.UpTo is null || value <= level.UpTo)];

    /// <summary>All levels of a kind, lowest first.</summary>
    public static IReadOnlyList<ApprovalLevel> LevelsOf(this Policy policy, ApprovalKind kind) =>
        policy.Approvals.Levels[JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())];
}

using Workflows.Facts;
using Workflows.Platform;

namespace Workflows.Reviews;

/// <summary>Why the month's deals were lost, in people's own words. Pure.</summary>
internal static class LossReasons
{
    private const int Shown = 10;
    private const int Length = 80;

    /// <summary>The most frequent first, then by their words; the rest under one heading.</summary>
    public static IReadOnlyList<LossReason> Of(IReadOnlyList<Fact> facts, ReviewPeriod period)
    {
        var reasons = facts
            .Where(fact => fact.Kind == FactKind.DealLost && period.Covers(fact.At))
            .Select(fact => Plain(fact.Note))
            .GroupBy(reason => reason, StringComparer.OrdinalIgnoreCase)
            .Select(same => new LossReason(same.Min(StringComparer.Ordinal)!, same.Count()))
            .OrderByDescending(reason => reason.Count)
            .ThenBy(reason => reason.Reason, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var others = reasons.Skip(Shown).Sum(reason => reason.Count);
        return others == 0 ? reasons : [.. reasons.Take(Shown), new LossReason("Other reasons", others)];
    }

    private static string Plain(string? note)
    {
        var text = (note ?? "").ShortenedLine(Length);
        return text.Length == 0 ? "No reason given" : text;
    }
}

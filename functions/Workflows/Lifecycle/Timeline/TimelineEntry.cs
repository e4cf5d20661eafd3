using Workflows.Trade;

namespace Workflows.Lifecycle.Timeline;

/// <summary>One row of a deal's timeline. Rows are only ever added.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Who">Who did it; the system for what the product does by itself.</param>
/// <param name="When">UTC.</param>
/// <param name="Stage">The stage it left the deal in.</param>
/// <param name="What">What happened, as values: its words are written where it is shown.</param>
/// <param name="PolicyVersion">What it was decided under.</param>
public sealed record TimelineEntry(
    int Number, StaffId Who, DateTimeOffset When, Stage Stage, DealEvent What, string PolicyVersion);

/// <summary>A part of a deal's timeline, which grows with each message of the buyer's.</summary>
/// <param name="Entries">Oldest first, without gaps.</param>
public sealed record TimelinePart(IReadOnlyList<TimelineEntry> Entries)
{
    /// <summary>The number that the entries before this part end at; null when there are none.</summary>
    public int? EarlierBefore => Entries is [{ Number: > 1 and var first }, ..] ? first : null;
}

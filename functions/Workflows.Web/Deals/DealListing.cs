using System.Globalization;
using Workflows.Lifecycle;
using Workflows.Platform;

namespace Workflows.Web.Deals;

/// <summary>
/// Lists deals over all stages, stage after stage. The cursor says in which stage the next page begins, and where.
/// </summary>
internal sealed class DealListing(DealService deals)
{
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();

    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    public async Task<Page<DealSummary>> ReadAsync(
        Stage? only, int limit, string? cursor, CancellationToken cancellation)
    {
        var (index, from) = Read(cursor, only);
        var found = new List<DealSummary>();
        while (true)
        {
            var page = await deals.ListAsync(Stages[index], limit - found.Count, from, cancellation);
            found.AddRange(page.Items);
            from = page.Continuation;
            if (from is null && (only is not null || ++index == Stages.Length))
            {
                return new Page<DealSummary>(found, null);
            }

            if (found.Count >= limit || from is not null)
            {
                return new Page<DealSummary>(found, string.Create(CultureInfo.InvariantCulture, $"{index}.{from}"));
            }
        }
    }

    private static (int Index, string? From) Read(string? cursor, Stage? only)
    {
        var first = only is { } stage ? Array.IndexOf(Stages, stage) : 0;
        if (cursor is null)
        {
            return (first, null);
        }

        var point = cursor.IndexOf('.', StringComparison.Ordinal);
        return point > 0
            && int.TryParse(cursor.AsSpan(0, point), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < Stages.Length && (only is null || index == first)
            ? (index, point + 1 < cursor.Length ? cursor[(point + 1)..] : null)
            : throw new FormatException("The cursor is not one of ours.");
    }
}

using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Reviews;
using Workflows.Steps;

namespace Workflows.Lifecycle;

/// <summary>A deal's new state, with what happened since the last one.</summary>
/// <param name="From">The stage that was published before; null the first time.</param>
public sealed record DealUpdate(
    Deal Deal, Stage? From, IReadOnlyList<TimelineEntry> Entries, IReadOnlyList<Fact> Facts);

/// <summary>
/// Writes what everybody reads: the deal, its timeline, its place on the board, its facts. Every row is keyed by the
/// deal and the entry's number, so a second run writes the same rows again.
/// </summary>
public sealed class PublishDeal(PolicyStore policies) : Step<PublishDeal, DealUpdate, Nothing>
{
    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(ActivityContext context, DealUpdate input)
    {
        await DealBook.SaveAsync(context.Tables, input.Deal, input.From, input.Entries, context.Stopping);
        await FactLog.WriteAsync(context.Tables, input.Facts, policies.Current, context.Stopping);
        if (input.Deal is { HasEnded: true, Owner: { } owner })
        {
            await Workload.ReleaseAsync(context.Tables, owner, input.Deal.Id, context.Stopping);
        }

        return Nothing.Value;
    }
}

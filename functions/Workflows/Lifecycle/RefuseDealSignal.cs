using Workflows.Activities;
using Workflows.Lifecycle.Timeline;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>A signal that a deal had accepted when it ended.</summary>
public sealed record LateDealSignal(DealId Deal, DealSignal Signal);

/// <summary>
/// Refuses a signal that came while its deal was ending: its sender, and everybody who reads the timeline, is told so,
/// and what the buyer wrote goes to the last owner. Keyed by the signal's id: a second run finds it refused.
/// </summary>
public sealed class RefuseDealSignal(
    PolicyStore policies, IMailComposer composer, PublicAddress address, TimeProvider clock)
    : BusinessActivity<RefuseDealSignal, LateDealSignal, Nothing>
{
    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(ActivityContext context, LateDealSignal input)
    {
        if (await DealRepository.FindAsync(context.Tables, input.Deal, context.Stopping) is not { } deal
            || deal.SignalsTaken.Contains(input.Signal.Id))
        {
            return Nothing.Value;
        }

        if (input.Signal is BuyerWrote wrote)
        {
            var late = new LateMessages(context.Mail, context.Tables, composer, policies, address, clock);
            await late.NotifyAsync(deal, wrote.Message, wrote.MessageId, context.Stopping);
        }

        await DealRepository.ChangeEndedAsync(
            context.Tables, input.Deal, before => Refuse(before, input.Signal, context.UtcNow), context.Stopping);
        return Nothing.Value;
    }

    private static (Deal Deal, TimelineEntry Entry) Refuse(DealRecord before, DealSignal signal, DateTimeOffset now)
    {
        var (deal, entries) = before;
        var refusal = new DealRefusal.Ended(deal.HasEnded ? deal.Stage : null);
        var after = deal.WithTaken(signal.Id).WithRefused(signal.Id, refusal);
        return (after, new TimelineEntry(
            entries + 1, signal.By, now, deal.Stage, SignalRefused.Of(signal, refusal), deal.PolicyVersion));
    }
}

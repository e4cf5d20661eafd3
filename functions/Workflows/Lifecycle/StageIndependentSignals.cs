using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;

namespace Workflows.Lifecycle;

/// <summary>What may happen to a deal on any day, whatever its stage.</summary>
internal static class StageIndependentSignals
{
    /// <summary>Takes the signal if it fits every stage.</summary>
    public static async Task<bool> TakeAsync(DealProcess process, DealSignal signal)
    {
        switch (signal)
        {
            case BuyerWrote wrote:
                process.Apply(Decide(process.State, wrote, process.Now));
                return true;
            case Replied replied:
                process.Apply(Decide(process.State, replied, process.Now));
                return true;
            case HandedOver handed:
                var clock = await HandOverDeal.CallAsync(process.Context, InputOf(process.Deal, handed, process.Now));
                process.Apply(Decide(process.State, handed, clock, process.Now));
                process.ChangeHands();
                return true;
            case InvoiceReopened reopened:
                process.Apply(Decide(process.State, reopened, process.Now));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The buyer wrote: news, unless it is the message that opened the deal.</summary>
    public static DealChanges Decide(DealState state, BuyerWrote wrote, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        if (wrote.MessageId != state.FirstMessageId)
        {
            changes.ShowLife();
            changes.Note(wrote.By, new MessageReceived(wrote.Message.Message.ShortenedLine()));
            changes.Notify(InquiryNoticeKind.BuyerWrote, dueAt: null);
        }

        return changes;
    }

    /// <summary>A person answered: the first answer stops the first-response clock.</summary>
    public static DealChanges Decide(DealState state, Replied replied, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        changes.ShowLife();
        changes.Note(replied.By, new ReplySent(replied.Channel.ShortenedLine(40)));
        changes.CountFirstResponse();
        return changes;
    }

    /// <summary>The deal has another owner.</summary>
    /// <param name="clock">The new owner's first-response clock.</param>
    public static DealChanges Decide(DealState state, HandedOver handed, FirstResponsePlan clock, DateTimeOffset now)
    {
        var before = state.Deal.Owner;
        var changes = new DealChanges(state.WithClock(clock, now), now);
        changes.Deal = changes.Deal with { Owner = handed.To, OwnerReason = handed.Reason };
        changes.Count(FactKind.Assigned);
        changes.Note(handed.By, new OwnerReplaced(before, handed.To, handed.Reason));
        changes.Notify(
            InquiryNoticeKind.Assigned, changes.Deal.FirstHumanReplyAt is null ? clock.EscalateAt : null);
        return changes;
    }

    /// <summary>An invoice is collected again: what it releases is held back until that has ended.</summary>
    public static DealChanges Decide(DealState state, InvoiceReopened reopened, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        changes.Deal = changes.Deal with
        {
            Reopened = [.. changes.Deal.Reopened ?? [], new ReopenedInvoice(reopened.Invoice, reopened.Number)],
        };
        changes.Note(reopened.By, new PaymentMissing(reopened.Invoice, reopened.Reason));
        return changes;
    }

    private static HandOverInput InputOf(Deal deal, HandedOver handed, DateTimeOffset now) => new(
        deal.Id, deal.Owner, handed.To, deal.Qualification!.Customer, deal.Qualification.Score.Temperature, now);
}

using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What may happen to a deal on any day, whatever its stage.</summary>
internal static class StageIndependentSignals
{
    /// <summary>Takes the signal if it fits every stage.</summary>
    public static async Task<bool> TakeAsync(DealProcess process, DealSignal signal)
    {
        switch (signal)
        {
            case BuyerWrote wrote when CompletesInquiry(process.State, wrote):
                var whole = wrote.Message with { ReceivedAt = process.Deal.Inquiry.ReceivedAt };
                var input = new QualifyInput(process.Deal.Id, whole, wrote.MessageId, SecondLook.Completed);
                var qualified = await QualifyInquiry.CallAsync(process.Context, input);
                process.Apply(Decide(process.State, wrote, qualified, process.Now));
                return true;
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
            changes.Note(wrote.By, NoteOf(wrote, state.Terms));
            changes.Notify(InquiryNoticeKind.BuyerWrote, dueAt: null);
            changes.CountMessage(FactKind.BuyerWrote);
        }

        return changes;
    }

    /// <summary>
    /// The inquiry came after a message on it: what is asked for, by whom and how promising it is are the inquiry's,
    /// and what the buyer wrote first stays below it.
    /// </summary>
    public static DealChanges Decide(DealState state, BuyerWrote wrote, QualifiedInquiry qualified, DateTimeOffset now)
    {
        var (before, found) = (state.Deal.Inquiry, qualified.Found);
        var changes = Decide(state, wrote, now);
        var words = string.Join("\n\n", new[] { wrote.Message.Message, before.Message }.Where(text => text.Length > 0));
        var inquiry = wrote.Message with { ReceivedAt = before.ReceivedAt, Message = words };
        changes.Deal = changes.Deal with { Inquiry = InquiryText.Excerpt(inquiry), Qualification = found };
        changes.Note(
            StaffId.System, new InquiryQualified(found.Score.Temperature, found.Score.Value, found.Score.Reasons));
        if (qualified.Question is { } question)
        {
            changes.Note(StaffId.System, new CustomerQuestioned(question));
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
        changes.CountMessage(FactKind.Answered);
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

    private static bool CompletesInquiry(DealState state, BuyerWrote wrote) =>
        state.Deal is { HasEnded: false, Inquiry.IsMessage: true, Qualification: not null }
        && wrote.Message.IsMessage is null && wrote.MessageId != state.FirstMessageId;

    private static MessageReceived NoteOf(BuyerWrote wrote, DealTerms terms)
    {
        var line = wrote.Message.Message.ShortenedLine();
        var isCut = line != wrote.Message.Message.ShortenedLine(int.MaxValue);
        return terms.Revision >= DealTerms.CanBeReinstated && isCut
            ? new MessageReceived(line) { Words = InquiryText.Words(wrote.Message) }
            : new MessageReceived(line);
    }

    private static HandOverInput InputOf(Deal deal, HandedOver handed, DateTimeOffset now) => new(
        deal.Id, deal.Owner, handed.To, deal.Qualification!.Customer, deal.Qualification.Score.Temperature, now);
}

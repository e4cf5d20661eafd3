using Workflows.Activities;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle.Messages;
using Workflows.Lifecycle.Timeline;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Records;

namespace Workflows.Lifecycle;

/// <summary>A deal's new state, with what happened since the last one.</summary>
/// <param name="From">The stage that was published before; null the first time.</param>
/// <param name="Notices">The mails to staff about it.</param>
/// <param name="Offers">The mails to buyer or owner about its quotations.</param>
public sealed record DealUpdate(
    Deal Deal,
    Stage? From,
    IReadOnlyList<TimelineEntry> Entries,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<InquiryNotice> Notices,
    IReadOnlyList<QuotationNotice> Offers);

/// <summary>
/// Publishes what has happened: sends the mails about it, and writes the deal, its timeline, its place on the board
/// and its facts. Everything is keyed by the deal, the entry's number or the activity's call, so a second run repeats
/// the first.
/// </summary>
public sealed class PublishDeal(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : BusinessActivity<PublishDeal, DealUpdate, Nothing>
{
    private readonly InquiryNotices _notices = new(policies, composer, address);
    private readonly QuotationNotices _offers = new(policies, composer, address);
    private readonly MessageNotices _messages = new(policies, composer, address);

    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(ActivityContext context, DealUpdate input)
    {
        await SendAsync(context, input);
        await DealRepository.SaveAsync(context.Tables, input.Deal, input.From, input.Entries, context.Stopping);
        await FactLog.WriteAsync(
            context.Tables, [.. input.Facts.Select(fact => WithReason(fact, input.Deal))], policies.Current,
            context.Stopping);
        if (input.Deal is { HasEnded: true, Owner: { } owner })
        {
            await Workload.ReleaseAsync(context.Tables, owner, input.Deal.Id, context.Stopping);
        }

        return Nothing.Value;
    }

    /// <summary>A lost or discarded deal is counted with its reason, in the words that reviews group by.</summary>
    private static Fact WithReason(Fact fact, Deal deal) =>
        fact.Kind is FactKind.DealLost or FactKind.InquiryDiscarded
            ? fact with
            {
                Note = deal.End switch
                {
                    InquiryRejected rejected => rejected.Reason,
                    DealLost lost => lost.Reason,
                    QuotationDeclined declined => declined.Comment,
                    DealWentSilent silent => $"No sign of life for {silent.Days} days",
                    _ => null,
                },
            }
            : fact;

    private async Task SendAsync(ActivityContext context, DealUpdate update)
    {
        var deal = update.Deal;
        var subject = new InquirySubject(deal.Id, deal.Inquiry, deal.Qualification?.Score);
        for (var i = 0; i < update.Notices.Count; i++)
        {
            // Buyers may write without end: their messages are mailed by the window, below.
            if (update.Notices[i].Kind != InquiryNoticeKind.BuyerWrote)
            {
                await _notices.SendAsync(context, subject, update.Notices[i], $"{ActivityKey.Of(context)}:{i}");
            }
        }

        foreach (var entry in update.Entries)
        {
            if (entry.What is MessageReceived received)
            {
                var written = deal.Inquiry with { Message = received.Words ?? received.Excerpt };
                var message = new BuyerMessage($"entry|{entry.Number}", entry.When, written, IsLate: false);
                await _messages.TakeAsync(
                    context.Tables, context.Mail, deal, message, context.UtcNow, context.Stopping);
            }
        }

        foreach (var offer in update.Offers)
        {
            await _offers.SendAsync(context, deal.Id, deal.Inquiry, offer);
            if (offer.Kind == QuotationNoticeKind.Offer)
            {
                await ListPrices.KeepAsync(context.Tables, offer.Quotation, policies.Current, context.Stopping);
            }
        }
    }
}

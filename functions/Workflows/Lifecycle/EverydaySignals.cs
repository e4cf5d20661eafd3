using Workflows.Inquiries;
using Workflows.Reviews;

namespace Workflows.Lifecycle;

/// <summary>What may happen to a deal on any day, whatever its stage.</summary>
internal static class EverydaySignals
{
    /// <summary>Takes the signal if it is of that sort.</summary>
    public static async Task<bool> TakeAsync(DealStory story, DealSignal signal)
    {
        switch (signal)
        {
            case BuyerWrote wrote:
                if (wrote.MessageId != story.FirstMessageId)
                {
                    TakeMessage(story, wrote);
                }

                return true;
            case Replied replied:
                story.ShowLife();
                story.Note(replied.By, $"Answered the buyer by {DealTexts.Short(replied.Channel, 40)}");
                CountFirstResponse(story);
                return true;
            case HandedOver handed:
                await HandOverAsync(story, handed);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Stops the first-response clock, once.</summary>
    public static void CountFirstResponse(DealStory story)
    {
        if (story.Deal.FirstHumanReplyAt is null)
        {
            story.Deal = story.Deal with { FirstHumanReplyAt = story.Now };
            story.Count(FactKind.FirstResponse);
        }
    }

    private static async Task HandOverAsync(DealStory story, HandedOver handed)
    {
        var (deal, before) = (story.Deal, story.Deal.Owner);
        story.FirstResponse = await HandOverDeal.CallAsync(story.Context, new HandOverInput(
            deal.Id, before, handed.To, deal.Qualification!.Customer, deal.Qualification.Score.Temperature, story.Now));
        story.Deal = deal with { Owner = handed.To, OwnerReason = handed.Reason };
        story.Count(FactKind.Assigned);
        story.Note(handed.By, $"Handed over from {before?.Value ?? "nobody"} to {handed.To}", handed.Reason);
        story.Tell(InquiryNoticeKind.Assigned, deal.FirstHumanReplyAt is null ? story.FirstResponse.EscalateAt : null);
    }

    private static void TakeMessage(DealStory story, BuyerWrote wrote)
    {
        story.ShowLife();
        story.Note(wrote.By, "The buyer wrote again", DealTexts.Short(wrote.Message.Message));
        story.Tell(InquiryNoticeKind.BuyerWrote);
    }
}

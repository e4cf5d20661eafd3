using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Platform;

namespace Workflows.Lifecycle;

/// <summary>What may happen to a deal on any day, whatever its stage.</summary>
internal static class StageIndependentSignals
{
    /// <summary>Takes the signal if it is of that sort.</summary>
    public static async Task<bool> TakeAsync(DealProcess process, DealSignal signal)
    {
        switch (signal)
        {
            case BuyerWrote wrote:
                if (wrote.MessageId != process.FirstMessageId)
                {
                    TakeMessage(process, wrote);
                }

                return true;
            case Replied replied:
                process.ShowLife();
                process.Note(replied.By, $"Answered the buyer by {replied.Channel.ShortenedLine(40)}");
                CountFirstResponse(process);
                return true;
            case HandedOver handed:
                await HandOverAsync(process, handed);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Stops the first-response clock, once.</summary>
    public static void CountFirstResponse(DealProcess process)
    {
        if (process.Deal.FirstHumanReplyAt is null)
        {
            process.Deal = process.Deal with { FirstHumanReplyAt = process.Now };
            process.Count(FactKind.FirstResponse);
        }
    }

    private static async Task HandOverAsync(DealProcess process, HandedOver handed)
    {
        var (deal, before) = (process.Deal, process.Deal.Owner);
        process.FirstResponse = await HandOverDeal.CallAsync(process.Context, new HandOverInput(
            deal.Id, before, handed.To, deal.Qualification!.Customer, deal.Qualification.Score.Temperature,
            process.Now));
        process.Deal = deal with { Owner = handed.To, OwnerReason = handed.Reason };
        process.Count(FactKind.Assigned);
        process.Note(handed.By, $"Handed over from {before?.Value ?? "nobody"} to {handed.To}", handed.Reason);
        process.Tell(
            InquiryNoticeKind.Assigned, deal.FirstHumanReplyAt is null ? process.FirstResponse.EscalateAt : null);
    }

    private static void TakeMessage(DealProcess process, BuyerWrote wrote)
    {
        process.ShowLife();
        process.Note(wrote.By, "The buyer wrote again", wrote.Message.Message.ShortenedLine());
        process.Tell(InquiryNoticeKind.BuyerWrote);
    }
}

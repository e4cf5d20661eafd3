using Workflows.Inquiries;

namespace Workflows.Lifecycle;

/// <summary>Mails about the inquiry itself.</summary>
internal static class Inform
{
    /// <summary>Sends one, to whom its kind says.</summary>
    public static Task AboutAsync(DealStory story, InquiryNoticeKind kind, DateTimeOffset? dueAt)
    {
        var deal = story.Deal;
        return NotifyAboutInquiry.CallAsync(
            story.Context,
            new InquiryNotice(deal.Id, kind, deal.Inquiry, deal.Qualification?.Score, deal.Owner, deal.Manager, dueAt));
    }
}

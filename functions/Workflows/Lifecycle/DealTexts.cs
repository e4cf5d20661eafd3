using System.Globalization;
using Workflows.Inquiries;
using Workflows.Platform;

namespace Workflows.Lifecycle;

/// <summary>Words for timelines.</summary>
internal static class DealTexts
{
    private const int ExcerptLength = 2_000;

    /// <summary>A message, its words short enough to travel with every step and to compare with one that did.</summary>
    public static Inquiry Excerpt(Inquiry inquiry) =>
        inquiry with { Message = inquiry.Message.ShortenedLine(ExcerptLength) };

    /// <summary>What a signal is, in the middle of a sentence.</summary>
    public static string Name(DealSignal signal) => signal switch
    {
        BuyerWrote => "a message from the buyer",
        Replied => "a reply to the buyer",
        QuotationOffered => "a quotation",
        BuyerAnswered => "the buyer's answer",
        MilestoneReached { Milestone.Kind: var kind } => $"milestone {kind}",
        HandedOver { To: var to } => $"handover to {to}",
        GivenUp => "giving the deal up",
        _ => "a signal",
    };

    /// <summary>A percentage with its sign.</summary>
    public static string Percent(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>A day as it is written everywhere, whatever calendar the machine keeps.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment, UTC.</summary>
    public static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}

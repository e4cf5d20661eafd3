namespace Workflows.Lifecycle;

/// <summary>Words for timelines.</summary>
internal static class DealTexts
{
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

    /// <summary>A text from outside, short enough for a timeline.</summary>
    public static string Short(string text, int length = 200)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : line[..(char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1)] + "…";
    }
}

using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>How a deal gets its id.</summary>
public static class DealNumbering
{
    /// <summary>
    /// The deal of a platform's inquiry: the same inquiry always names the same deal, which is what makes a repeated
    /// webhook harmless. 60 bits of SHA-256, such as <c>D-7K2M-9QX4-T3BN</c>.
    /// </summary>
    public static DealId For(string platform, string platformInquiryId)
    {
        var code = ReadableCode.Of($"{platform}\n{platformInquiryId}", 12);
        return new DealId($"D-{code[..4]}-{code[4..8]}-{code[8..]}");
    }

    /// <summary>The id of the next approval that a deal asks for: from <c>-A1</c>, without gaps.</summary>
    internal static ApprovalId NextApproval(Deal deal) => new($"{deal.Id}-A{deal.Approvals.Count + 1}");
}

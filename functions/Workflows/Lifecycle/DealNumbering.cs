using Workflows.Customers;
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
    public static DealId For(string platform, string platformInquiryId) => Of($"{platform}\n{platformInquiryId}");

    /// <summary>
    /// The deal of an inquiry that a person took: the same source, number and buyer's address name the same deal. The
    /// number is the person's own, and another's note may have it too.
    /// </summary>
    public static DealId ForNote(string source, string number, Buyer buyer) =>
        Of($"{source}\n{number}\n{buyer.Email.Trim().ToLowerInvariant()}");

    /// <summary>The id of the next approval that a deal asks for: from <c>-A1</c>, without gaps.</summary>
    internal static ApprovalId NextApproval(Deal deal) => new($"{deal.Id}-A{deal.Approvals.Count + 1}");

    private static DealId Of(string text)
    {
        var code = ReadableCode.Of(text, 12);
        return new DealId($"D-{code[..4]}-{code[4..8]}-{code[8..]}");
    }
}

using Workflows.Platform;

namespace Workflows.Approvals.Kinds;

/// <summary>A deal's buyer as an approver sees them. Texts are from outside and hostile.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null is unknown.</param>
internal sealed record ApprovalBuyer(string Name, string? Company, string? Country)
{
    private const int HeadingLength = 80;

    /// <summary>Who buys, in a heading.</summary>
    public string ShortText() => (Company ?? Name).ShortenedLine(HeadingLength);

    /// <summary>Who buys, in full.</summary>
    public string FullText() => ApprovalTexts.Get(
        "Buyer.Line",
        Name,
        Company ?? ApprovalTexts.Get("Buyer.NoCompany"),
        Country ?? ApprovalTexts.Get("Buyer.NoCountry"));
}

using System.Globalization;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Platform;

namespace Workflows.Lifecycle;

/// <summary>Words for requests for a decision.</summary>
internal static class DealTexts
{
    private const int ExcerptLength = 2_000;

    /// <summary>A message, its words short enough to travel with every step and to compare with one that did.</summary>
    public static Inquiry Excerpt(Inquiry inquiry) =>
        inquiry with { Message = inquiry.Message.ShortenedLine(ExcerptLength) };

    /// <summary>Who buys, in a heading.</summary>
    public static string BuyerName(Inquiry inquiry) => (inquiry.Buyer.Company ?? inquiry.Buyer.Name).ShortenedLine(80);

    /// <summary>Who buys, in full.</summary>
    public static string BuyerLine(Inquiry inquiry) =>
        $"{inquiry.Buyer.Name}, {inquiry.Buyer.Company ?? "no company given"} "
            + $"({inquiry.Buyer.Country ?? "country unknown"})";

    /// <summary>A percentage with its sign.</summary>
    public static string Percent(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture) + "%";
}

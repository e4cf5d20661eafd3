using System.Globalization;
using Workflows.Customers;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>How an inquiry is put into words.</summary>
public static class InquiryText
{
    private const int ExcerptLength = 2_000;
    private const int WordsLength = 4_000;
    private const int QuotedLineLength = 120;
    private const int QuotedMessageLength = 300;

    /// <summary>A message, its words short enough to travel with every step and to compare with one that did.</summary>
    public static Inquiry Excerpt(Inquiry inquiry) =>
        inquiry with { Message = inquiry.Message.ShortenedLine(ExcerptLength) };

    /// <summary>What the buyer wrote, for a person to read: whole, up to a sensible length.</summary>
    public static string Words(Inquiry inquiry) => inquiry.Message.Trim().Shortened(WordsLength);

    /// <summary>What was asked for, in a few of the buyer's words; never empty.</summary>
    public static string What(Inquiry inquiry) => inquiry.Products switch
    {
        [] => "our products",
        [var only] => Name(only),
        [var first, var second] => $"{Name(first)}, {Name(second)}",
        [var first, var second, ..] => $"{Name(first)}, {Name(second)} (+{inquiry.Products.Count - 2})",
    };

    /// <summary>The beginning of an inquiry, for the one to whose address its sender put it.</summary>
    public static string Quoted(Inquiry inquiry)
    {
        string[] lines =
        [
            inquiry.Buyer.Name.ShortenedLine(QuotedLineLength),
            What(inquiry).ShortenedLine(QuotedLineLength),
            inquiry.Message.ShortenedLine(QuotedMessageLength),
        ];
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    /// <summary>What the brief's first line of products says, for a subject.</summary>
    public static string First(InquiryBrief brief) => brief.Products is [var first, ..] ? first : "no product named";

    /// <summary>The inquiry for a mail to staff.</summary>
    public static InquiryBrief Brief(DealId deal, Inquiry inquiry, Score? score, PublicAddress address) => new(
        deal,
        inquiry.Buyer.Name,
        inquiry.Buyer.Company,
        inquiry.Buyer.Country,
        inquiry.Buyer.Email,
        inquiry.Buyer.Phone,
        inquiry.Platform,
        [.. inquiry.Products.Select(Line)],
        inquiry.Delivery?.ToString(),
        inquiry.Message,
        [.. (inquiry.Unread ?? []).Select(unread => unread.ToString())],
        score,
        address.Link($"/deals/{deal}"));

    /// <summary>The buyer as a mail's party; a name from outside is made one line.</summary>
    public static MailParty Party(Buyer buyer) =>
        new(buyer.Email, string.Concat(buyer.Name.Select(c => char.IsControl(c) ? ' ' : c)).Trim());

    private static string Line(RequestedProduct product)
    {
        var quantity = product.Quantity is { } asked
            ? $", {asked.ToString("#,0.###", CultureInfo.InvariantCulture)} {product.Unit}".TrimEnd()
            : "";
        var item = string.IsNullOrWhiteSpace(product.Sku) ? "" : $" ({product.Sku})";
        var price = product.TargetPrice is { } target ? $", target {target.ToPriceText()}" : "";
        return Name(product) + item + quantity + price;
    }

    private static string Name(RequestedProduct product) =>
        !string.IsNullOrWhiteSpace(product.Name) ? product.Name.Trim()
        : !string.IsNullOrWhiteSpace(product.Sku) ? product.Sku.Trim()
        : "an unnamed product";
}

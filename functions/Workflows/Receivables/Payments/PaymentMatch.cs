using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Workflows.Orders;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>What a payment's text names.</summary>
/// <param name="Deal">The deal whose number was found.</param>
/// <param name="Instalment">The instalment that followed it; null when only the deal or its order was named.</param>
internal sealed record NamedInvoice(DealId Deal, int? Instalment);

/// <summary>Reads what a payment is for out of what banks and buyers write. Pure.</summary>
internal static partial class PaymentMatch
{
    // Banks cut, join and capitalise: the twelve characters of our number are looked for with or without their dashes,
    // the instalment right after them.
    [GeneratedRegex(
        @"(?<![0-9A-Z])(?:D|SO|INV)?[-\s/]?(?<core>[0-9A-HJKMNP-TV-Z]{4}[-\s]?[0-9A-HJKMNP-TV-Z]{4}[-\s]?[0-9A-HJKMNP-TV-Z]{4})(?:[-\s/]?I?(?<n>[0-9]{1,2}))?(?![0-9A-Z])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    /// <summary>Every number of ours in a text, each once.</summary>
    public static IReadOnlyList<NamedInvoice> Find(string text)
    {
        var found = new List<NamedInvoice>();
        foreach (Match match in Reference().Matches(text.ToUpperInvariant()))
        {
            var core = Plain(match.Groups["core"].Value);
            var deal = new DealId($"D-{core[..4]}-{core[4..8]}-{core[8..]}");
            int? instalment = match.Groups["n"] is { Success: true, Value: var number }
                ? int.Parse(number, CultureInfo.InvariantCulture)
                : null;
            found.Add(new NamedInvoice(deal, instalment));
        }

        return [.. found.Distinct()];
    }

    /// <summary>
    /// The one invoice among those named: the instalment that was said, else the only open one of that very amount,
    /// else the only open one. A tie matches none.
    /// </summary>
    public static Invoice? Choose(NamedInvoice named, IReadOnlyList<Invoice> ofDeal, Money amount)
    {
        if (named.Instalment is { } number)
        {
            return ofDeal.FirstOrDefault(invoice => invoice.Id == OrderNumbering.InvoiceId(named.Deal, number));
        }

        var open = ofDeal.Where(invoice => !invoice.IsSettled).ToList();
        var equal = open.FindAll(invoice => invoice.Open == amount);
        return equal is [var exact] ? exact : equal.Count == 0 && open is [var only] ? only : null;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text.Where(char.IsAsciiLetterOrDigit))
        {
            plain.Append(c);
        }

        return plain.ToString();
    }
}

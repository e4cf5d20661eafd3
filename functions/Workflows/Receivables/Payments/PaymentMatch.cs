using System.Globalization;
using System.Text.RegularExpressions;
using Workflows.Orders;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>What a payment's text names.</summary>
/// <param name="Deal">The deal whose number was found.</param>
/// <param name="Instalment">
/// The instalment of an invoice number; null when only the deal or its order was named.
/// </param>
internal sealed record NamedInvoice(DealId Deal, int? Instalment)
{
    /// <summary>A digit that follows and may be the instalment, or anything else; null if none does.</summary>
    public int? LooseDigit { get; init; }
}

/// <summary>Reads what a payment is for out of what banks and buyers write. Pure.</summary>
internal static partial class PaymentMatch
{
    // Banks cut, join and capitalise: the twelve characters of our number are looked for with or without their dashes,
    // the instalment right after them. What goes on as a share, a date or a count is no instalment.
    [GeneratedRegex(
        @"(?<![0-9A-Z])(?<kind>D|SO|INV)?[-\s/]?(?<core>[0-9A-HJKMNP-TV-Z]{4}[-\s]?[0-9A-HJKMNP-TV-Z]{4}[-\s]?[0-9A-HJKMNP-TV-Z]{4})(?:(?<link>[-\s/]?I?)(?<n>[0-9]{1,2})(?![0-9A-Z])(?=(?<more>\s?[%X*]|[.,/:-][0-9])?))?(?![0-9A-Z])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    /// <summary>
    /// Every number of ours in a text, each once; where a deal's invoice is named, its order beside it says no more.
    /// </summary>
    public static IReadOnlyList<NamedInvoice> Find(string text)
    {
        var found = Reference().Matches(text.ToUpperInvariant()).Select(Read).Distinct().ToList();
        return
            [
                .. found.Where(named => named.Instalment is not null
                    || !found.Exists(other => other.Deal == named.Deal && other.Instalment is not null)),
            ];
    }

    /// <summary>
    /// The one invoice among those named: the invoice that was said, else the open one of that very amount, else that
    /// of a loose digit, else the only one that is asked for. What the buyer was not asked for yet is taken only for
    /// its very amount, or when nothing else is open. A tie matches none.
    /// </summary>
    public static Invoice? Choose(NamedInvoice named, IReadOnlyList<Invoice> ofDeal, Money amount)
    {
        if (named.Instalment is { } number && Numbered(ofDeal, named.Deal, number) is { } said)
        {
            return said;
        }

        var open = ofDeal.Where(invoice => !invoice.IsSettled).ToList();
        var equal = open.FindAll(invoice => invoice.Open == amount);
        var candidates = equal.Count > 0 ? equal : open;
        if (candidates is [var only])
        {
            return only;
        }

        var due = candidates.FindAll(invoice => invoice.Due is not null);
        return named.LooseDigit is { } digit && Numbered(due, named.Deal, digit) is { } meant ? meant
            : due is [var asked] && asked.Amount.Currency == amount.Currency && amount <= asked.Open ? asked
            : null;
    }

    private static Invoice? Numbered(IEnumerable<Invoice> invoices, DealId deal, int number) =>
        invoices.FirstOrDefault(invoice => invoice.Id == OrderNumbering.InvoiceId(deal, number));

    private static NamedInvoice Read(Match match)
    {
        var written = match.Groups["core"].Value;
        var core = string.Concat(written.Where(char.IsAsciiLetterOrDigit));
        var deal = new DealId($"D-{core[..4]}-{core[4..8]}-{core[8..]}");
        if (match.Groups["n"] is not { Success: true, Value: var digits })
        {
            return new NamedInvoice(deal, Instalment: null);
        }

        var (number, link) = (int.Parse(digits, CultureInfo.InvariantCulture), match.Groups["link"].Value);
        // A blank joins an invoice's number only where blanks stand for its other dashes too.
        var isInvoice = link.EndsWith('I')
            || (match.Groups["kind"].Value == "INV" && (link is "" or "-" or "/" || written.Any(char.IsWhiteSpace)));
        return isInvoice
            ? new NamedInvoice(deal, number)
            : new NamedInvoice(deal, Instalment: null)
            {
                LooseDigit = match.Groups["more"].Success ? null : number,
            };
    }
}

using System.Globalization;
using Workflows.Calendars;
using Workflows.Customers;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>How an offer is put into words.</summary>
public static class QuotationText
{
    /// <summary>The offer as mails and pages show it.</summary>
    public static QuotationSheet Sheet(Quotation quotation, Buyer buyer, MailParty seller, Policy policy)
    {
        var draft = quotation.Draft;
        var terms = quotation.TermsBy(policy);
        return new QuotationSheet(
            quotation.Number,
            quotation.Version,
            policy.Company.Name,
            policy.Company.Address,
            buyer.Name,
            buyer.Company,
            [.. draft.Lines.Select(line => Line(line, draft.Currency))],
            quotation.ListTotal,
            draft.DiscountPercent,
            quotation.Discount,
            quotation.Total,
            draft.Delivery.ToString(),
            terms?.Name ?? draft.PaymentTerms,
            [.. (terms?.Instalments ?? []).Select(Schedule)],
            quotation.ValidUntil,
            LocalTime.Day(quotation.LastDay(policy)),
            string.IsNullOrWhiteSpace(draft.Note) ? null : draft.Note,
            seller.Name,
            seller.Address);
    }

    /// <summary>
    /// An instalment of payment terms, such as <c>70% balance, 30 days after the bill of lading's date</c>.
    /// </summary>
    public static string Schedule(InstalmentPolicy part)
    {
        var basis = part.Basis switch
        {
            DueBasis.Order => "the order",
            DueBasis.Production => "the end of production",
            DueBasis.BillOfLading => "the bill of lading's date",
            _ => "delivery",
        };
        var prerequisite = part.Gates switch
        {
            Prerequisite.Production => "; production starts when it is in",
            Prerequisite.Documents => "; documents are released when it is in",
            _ => "",
        };
        var when = part.OffsetDays == 0 ? $"at {basis}" : $"{part.OffsetDays} days after {basis}";
        return $"{part.Percent.ToString("0.##", CultureInfo.InvariantCulture)}% {part.Name}, {when}{prerequisite}";
    }

    private static QuotationSheetLine Line(QuotationLine line, Currency currency) => new(
        line.Sku,
        line.Description,
        line.Quantity.ToString("#,0.######", CultureInfo.InvariantCulture),
        line.Unit,
        new Money(line.ListPrice, currency).PriceNumber,
        QuotationPricing.LineTotal(line, currency));
}

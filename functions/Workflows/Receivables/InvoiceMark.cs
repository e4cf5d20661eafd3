using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// What other rows follow from of an invoice as it was kept: its places in lists, its exposure.
/// </summary>
/// <param name="Exposed">What is open of it; zero once it is settled.</param>
internal sealed record InvoiceMark(InvoiceStatus Status, StaffId Owner, Money Exposed, DateOnly? Due)
{
    /// <summary>
    /// Day by which a settled one is listed: reports of the days between a value date and the day on which the payment
    /// was taken in still count it as open. Null of one that was not settled.
    /// </summary>
    public DateOnly? SettledOn { get; init; }

    public static InvoiceMark Of(Invoice invoice) => new(
        invoice.Status,
        invoice.Owner,
        invoice.IsSettled ? Money.Zero(invoice.Amount.Currency) : invoice.Open,
        invoice.Due)
    {
        SettledOn = ListedOn(invoice),
    };

    private static DateOnly? ListedOn(Invoice invoice)
    {
        var known = invoice.Movements.Max(moved => moved.KnownOn);
        return known > invoice.SettledOn ? known : invoice.SettledOn;
    }
}

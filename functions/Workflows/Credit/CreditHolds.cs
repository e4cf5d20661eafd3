using Workflows.Customers;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>
/// Puts customers on credit hold and takes them off. Each hold has its reason; one per invoice, and any number by
/// people.
/// </summary>
internal static class CreditHolds
{
    /// <summary>
    /// Places a hold; a second one for the same invoice, or by the same person for the same reason, changes nothing.
    /// </summary>
    public static Task<Customer?> PlaceAsync(
        ITableStore tables, CustomerId customer, CreditHold hold, CancellationToken cancellation) =>
        CustomerRepository.ChangeAsync(
            tables,
            customer,
            file => file.Holds.Any(other => hold.Invoice is { } invoice
                    ? other.Invoice == invoice
                    : other.Invoice is null && other.By == hold.By && other.Reason == hold.Reason)
                ? file
                : file with { Holds = [.. file.Holds, hold] },
            cancellation);

    /// <summary>Takes away the hold that an invoice's reminders placed.</summary>
    public static Task<Customer?> ReleaseAsync(
        ITableStore tables, CustomerId customer, InvoiceId invoice, CancellationToken cancellation) =>
        CustomerRepository.ChangeAsync(
            tables,
            customer,
            file => file.Holds.Any(hold => hold.Invoice == invoice)
                ? file with { Holds = [.. file.Holds.Where(hold => hold.Invoice != invoice)] }
                : file,
            cancellation);

    /// <summary>Takes away every hold, on a person's word.</summary>
    public static Task<Customer?> ReleaseAllAsync(
        ITableStore tables, CustomerId customer, CancellationToken cancellation) =>
        CustomerRepository.ChangeAsync(
            tables, customer, file => file.Holds.Count == 0 ? file : file with { Holds = [] }, cancellation);
}

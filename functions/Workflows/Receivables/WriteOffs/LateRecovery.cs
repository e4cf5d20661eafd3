using Workflows.Credit;
using Workflows.Facts;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables.WriteOffs;

/// <summary>
/// Money that comes in for an invoice after it was written off: it goes against the loss first, and only what is more
/// than the loss is the customer's to spend. Keyed by the bank's reference: a second run books nothing again.
/// </summary>
internal static class LateRecovery
{
    /// <summary>Books what it can against the loss.</summary>
    /// <returns>What was booked, now or before; zero when nothing was lost on the invoice.</returns>
    public static async Task<Money> BookAsync(
        ITableStore tables, Policy policy, Invoice invoice, Payment payment, StaffId by, DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (invoice.Status != InvoiceStatus.WrittenOff)
        {
            return Money.Zero(payment.Amount.Currency);
        }

        var recovered = await InvoiceRepository.RecoverAsync(
            tables, invoice, payment, by, now, policy.Company.DayOf(now), cancellation);
        await NoteDefaultAsync(tables, recovered.Invoice, cancellation);
        if (recovered.Amount.Amount > 0)
        {
            await FactLog.WriteAsync(tables, [FactOf(invoice, payment, recovered.Amount, now)], policy, cancellation);
        }

        return recovered.Amount;
    }

    private static async Task NoteDefaultAsync(
        ITableStore tables, Invoice invoice, CancellationToken cancellation)
    {
        // Another payment may have written what is left between: the last one that writes sees the row as it is.
        for (Money? noted = null; noted != StillLost(invoice);)
        {
            noted = StillLost(invoice);
            if (!invoice.IsPrepaid && !SmallRest.Is(invoice.WrittenOff, invoice.Amount))
            {
                var debt = new CreditDefault(invoice.Deal, invoice.Id, noted.Value, invoice.SettledOn!.Value);
                await ExposureRepository.SetDefaultAsync(tables, invoice.Customer, debt, cancellation);
            }

            if (noted.Value.Amount == 0)
            {
                await CreditHolds.ReleaseAsync(tables, invoice.Customer, invoice.Id, cancellation);
            }

            invoice = (await InvoiceRepository.FindAsync(tables, invoice.Id, cancellation))!;
        }
    }

    private static Money StillLost(Invoice invoice) =>
        invoice.Recovered is { } recovered ? invoice.WrittenOff - recovered : invoice.WrittenOff;

    private static Fact FactOf(Invoice invoice, Payment payment, Money amount, DateTimeOffset now) => new(
        $"{invoice.Id}|{FactKind.Recovered}|{payment.Key}",
        FactKind.Recovered,
        now,
        invoice.Deal,
        invoice.Owner,
        invoice.Region,
        invoice.Customer,
        amount,
        BaseAmount: null,
        Percent: null,
        invoice.Number);
}

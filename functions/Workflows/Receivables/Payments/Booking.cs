using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>What a booked payment makes of an invoice. Pure.</summary>
internal static class Booking
{
    /// <summary>
    /// The file after it. A write-off that is asked for has nothing left to give up once the invoice is paid.
    /// </summary>
    public static CollectionFile Take(
        CollectionFile file, PaymentBooked signal, BookedPayment booked, DateTimeOffset now)
    {
        var (before, after) = (file.Invoice, Apply(file.Invoice, signal, booked));
        var (payment, toBalance) = (signal.Payment, booked.Allocation.ToBalance);
        var taken = file.With(after) with
        {
            ToBalance = toBalance.Amount > 0
                ? (file.ToBalance ?? Money.Zero(toBalance.Currency)) + toBalance
                : file.ToBalance,
        };
        taken = taken.Note(now, signal.By, new MoneyReceived(
            payment.Amount,
            payment.ValueDate,
            payment.Reference,
            signal.FromBalance,
            booked.Allocation.Fee,
            after.Open,
            toBalance));
        return after.Status == InvoiceStatus.Paid && before.Status != InvoiceStatus.Paid
            ? taken.With(after with { WriteOff = null }).Note(now, StaffId.System, new PaidInFull())
            : taken;
    }

    /// <summary>
    /// The invoice after it. The reference is kept even when nothing was open any more, so that it counts once.
    /// </summary>
    public static Invoice Apply(Invoice invoice, PaymentBooked signal, BookedPayment booked)
    {
        var (allocation, payment) = (booked.Allocation, signal.Payment);
        var kind = signal.FromBalance ? MovementKind.Credit : MovementKind.Payment;
        List<Movement> movements =
            [
                .. invoice.Movements,
                Moved(kind, allocation.Applied),
            ];
        if (allocation.Fee.Amount > 0)
        {
            movements.Add(Moved(MovementKind.BankFee, allocation.Fee));
        }

        var after = invoice with
        {
            Paid = invoice.Paid + allocation.Applied,
            BankFees = invoice.BankFees + allocation.Fee,
            Movements = movements,
        };
        return invoice.IsSettled ? after : Standing(after, booked.BookedOn);

        Movement Moved(MovementKind of, Money amount) =>
            new(booked.BookedOn, of, amount, payment.Reference, signal.By) { Payment = payment.Id };
    }

    private static Invoice Standing(Invoice invoice, DateOnly today)
    {
        if (invoice.Open.Amount > 0)
        {
            var disputed = invoice.Disputed > invoice.Open ? invoice.Open : invoice.Disputed;
            return invoice with { Status = InvoiceStatus.PartPaid, Disputed = disputed };
        }

        return invoice with
        {
            Status = InvoiceStatus.Paid,
            SettledOn = today,
            Disputed = Money.Zero(invoice.Amount.Currency),
            PromiseStands = false,
        };
    }
}

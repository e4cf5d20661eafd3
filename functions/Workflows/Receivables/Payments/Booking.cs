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

    /// <summary>The file when the money counts on a later day: until then it is not paid.</summary>
    public static CollectionFile Expect(CollectionFile file, PaymentBooked signal, DateTimeOffset now)
    {
        var payment = signal.Payment;
        return file.WithoutPlan().Note(
            now, signal.By, new PaymentExpected(payment.Amount, payment.ValueDate, payment.Reference));
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
        return invoice.Status switch
        {
            InvoiceStatus.WrittenOff => WithoutLoss(after, allocation.Applied, booked.BookedOn),
            _ when invoice.IsSettled => after,
            _ => Standing(after),
        };

        Movement Moved(MovementKind of, Money amount) =>
            new(booked.BookedOn, of, amount, payment.Reference, signal.By)
            {
                Payment = payment.Id,
                KnownOn = booked.KnownOn,
                Move = signal.Move,
            };
    }

    /// <summary>The file after a placing was taken back: what it had paid is open again, and chased.</summary>
    /// <param name="today">In the company's zone.</param>
    public static CollectionFile TakeBack(
        CollectionFile file, PaymentBooked signal, DateOnly today, DateTimeOffset now)
    {
        var (before, payment) = (file.Invoice, signal.Payment);
        var taken = before.Movements
            .Where(moved => moved.Payment == payment.Id && moved.Reference == payment.Reference
                && moved.Move == PaymentMoves.Before(signal.Move!.Value) && moved.Kind != MovementKind.Credit)
            .Select(moved => moved with
            {
                BookedOn = today,
                KnownOn = null,
                Amount = moved.Amount * -1,
                By = signal.By,
                Move = signal.Move,
            })
            .ToList();
        var after = before with
        {
            Paid = before.Paid + SumOf(MovementKind.Payment),
            BankFees = before.BankFees + SumOf(MovementKind.BankFee),
            Movements = [.. before.Movements, .. taken],
        };
        if (after.Open.Amount > 0)
        {
            after = after with
            {
                Status = StatusOf(after, today),
                SettledOn = null,
                Reopened = before.IsSettled ? (before.Reopened ?? 0) + 1 : before.Reopened,
            };
        }

        var amount = SumOf(MovementKind.Payment) + SumOf(MovementKind.BankFee);
        return file.With(after).WithoutPlan().Note(
            now, signal.By, new PaymentTakenBack(amount * -1, payment.Reference, after.Open, signal.TakenBack!));

        Money SumOf(MovementKind kind) => taken.Where(moved => moved.Kind == kind)
            .Aggregate(Money.Zero(before.Amount.Currency), (sum, moved) => sum + moved.Amount);
    }

    private static Invoice WithoutLoss(Invoice invoice, Money paid, DateOnly today)
    {
        var after = invoice with { WrittenOff = invoice.WrittenOff - paid };
        return after.WrittenOff.Amount > 0 ? after : after with { Status = InvoiceStatus.Paid, SettledOn = today };
    }

    private static InvoiceStatus StatusOf(Invoice invoice, DateOnly today) => invoice switch
    {
        _ when invoice.Due < today => InvoiceStatus.Overdue,
        { Paid.Amount: > 0 } => InvoiceStatus.PartPaid,
        { Due: null } => InvoiceStatus.NotAnchored,
        _ => InvoiceStatus.Open,
    };

    private static Invoice Standing(Invoice invoice)
    {
        if (invoice.Open.Amount > 0)
        {
            return invoice with
            {
                // The date made it overdue: what is still open stays so.
                Status = invoice.Status == InvoiceStatus.Overdue ? InvoiceStatus.Overdue : InvoiceStatus.PartPaid,
                Disputed = invoice.Disputed > invoice.Open ? invoice.Open : invoice.Disputed,
            };
        }

        return InvoicePromises.End(invoice, PromiseState.Kept) with
        {
            Status = InvoiceStatus.Paid,
            SettledOn = invoice.Movements.Max(moved => moved.BookedOn),
            Disputed = Money.Zero(invoice.Amount.Currency),
        };
    }
}

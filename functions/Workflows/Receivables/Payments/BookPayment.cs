using Workflows.Activities;
using Workflows.Calendars;
using Workflows.Credit;
using Workflows.Facts;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>A payment to book on an invoice.</summary>
/// <param name="Now">When the collection asked, UTC.</param>
internal sealed record BookPaymentInput(CollectionFile File, PaymentBooked Signal, DateTimeOffset Now);

/// <summary>What was booked, and the day from which it counts, in the company's zone: the value date.</summary>
/// <param name="KnownOn">Day on which it was taken in, when that is later; null when it is not.</param>
internal sealed record BookedPayment(Allocation Allocation, DateOnly BookedOn, DateOnly? KnownOn);

/// <summary>
/// Books a payment: divides it by the policy, keeps what is too much on the customer's balance, counts the cash, writes
/// the invoice for its readers, and ends its collection when nothing is open any more. Keyed by the payment
/// and the invoice: a second run writes the same rows and the same mail.
/// </summary>
internal sealed class BookPayment(PolicyStore policies, IMailComposer composer)
    : BusinessActivity<BookPayment, BookPaymentInput, KeptCollection>
{
    public override async Task<KeptCollection> RunAsync(ActivityContext context, BookPaymentInput input)
    {
        var policy = policies.Current;
        var file = input switch
        {
            { Signal.TakenBack: not null } => await TakeBackAsync(context, policy, input),
            _ when IsEarly(input, policy) => Booking.Expect(input.File, input.Signal, input.Now),
            _ => Booking.Take(input.File, input.Signal, await BookAsync(context, policy, input), input.Now),
        };
        return file.Invoice.IsSettled
            ? await CloseCollection.CloseAsync(context, policy, composer, file, input.Now)
            : await SaveInvoice.KeepAsync(context, policy, file, input.Now);
    }

    // A settled invoice has nothing to wait with: what comes goes to the balance, which counts from the same day.
    private static bool IsEarly(BookPaymentInput input, Policy policy) =>
        !input.File.Invoice.IsSettled && input.Signal.Payment.ValueDate > policy.Company.DayOf(input.Now);

    private static async Task<BookedPayment> BookAsync(ActivityContext context, Policy policy, BookPaymentInput input)
    {
        var (invoice, payment) = (input.File.Invoice, input.Signal.Payment);
        var today = policy.Company.DayOf(input.Now);
        var day = input.Signal.FromBalance ? today : payment.ValueDate;
        // A payment that came before the invoice was closed as written off makes the loss smaller; what a cancelled
        // order left open is owed by nobody.
        var isLost = invoice.Status == InvoiceStatus.WrittenOff;
        var tolerance = isLost || input.Signal.FromBalance ? null : ToleranceIn(invoice.Amount.Currency, policy);
        var open = isLost ? invoice.WrittenOff
            : invoice.IsSettled ? Money.Zero(invoice.Amount.Currency)
            : invoice.Open;
        var allocation = Allocation.Of(open, payment.Amount, tolerance);
        if (allocation.ToBalance.Amount > 0)
        {
            await CustomerBalanceRepository.KeepAsync(
                context.Tables,
                PaymentRows.Balance(invoice, input.Signal, allocation.ToBalance, day, today),
                context.Stopping);
        }

        if (!input.Signal.FromBalance)
        {
            await FactLog.WriteAsync(
                context.Tables, [PaymentRows.Cash(invoice, input.Signal, policy.Company)], policy, context.Stopping);
        }

        return new BookedPayment(allocation, day, today > day ? today : null);
    }

    // What it left on the balance was taken back before it was asked here.
    private static async Task<CollectionFile> TakeBackAsync(
        ActivityContext context, Policy policy, BookPaymentInput input)
    {
        await FactLog.WriteAsync(
            context.Tables, [PaymentRows.TakenBack(input.File.Invoice, input.Signal, input.Now)], policy,
            context.Stopping);
        return Booking.TakeBack(input.File, input.Signal, policy.Company.DayOf(input.Now), input.Now);
    }

    // Without a rate nothing is taken as a fee: a person decides.
    private static PaymentPolicy ToleranceIn(Currency currency, Policy policy) => policy.Payments with
    {
        ToleranceAmount = policy.Company
            .Convert(new Money(policy.Payments.ToleranceAmount, policy.Company.BaseCurrency), currency)?.Amount ?? 0,
    };
}

/// <summary>The rows that a payment leaves beside the invoice.</summary>
internal static class PaymentRows
{
    /// <summary>What was paid too much, for the customer's balance.</summary>
    /// <param name="day">From which it counts.</param>
    /// <param name="known">On which it was taken in.</param>
    public static CustomerBalance Balance(
        Invoice invoice, PaymentBooked signal, Money amount, DateOnly day, DateOnly known) =>
        new(
            signal.Payment.Reference, invoice.Customer, invoice.Id, invoice.Owner, invoice.Region, amount, day,
            Uses: [])
        {
            KnownOn = known > day ? known : null,
            IsReturned = signal.FromBalance ? true : null,
            Payment = signal.Payment.Id,
            Move = signal.Move,
        };

    /// <summary>What an invoice was paid whose order was cancelled: the customer's money until it is used.</summary>
    public static IEnumerable<CustomerBalance> OfCancelled(Invoice invoice, DateOnly today) =>
        invoice.Movements
            .Where(moved => moved.Kind is MovementKind.Payment or MovementKind.Credit)
            .GroupBy(moved => (moved.Reference, moved.Payment))
            .Select(moves => new CustomerBalance(
                moves.Key.Reference,
                invoice.Customer,
                invoice.Id,
                invoice.Owner,
                invoice.Region,
                moves.Aggregate(Money.Zero(invoice.Amount.Currency), (sum, moved) => sum + moved.Amount),
                today,
                Uses: [])
            {
                IsCancelled = true,
                Payment = moves.Key.Payment,
            })
            .Where(balance => balance.Amount.Amount > 0);

    /// <summary>The cash that came in, once per placing of a payment, in the month of its value date.</summary>
    public static Fact Cash(Invoice invoice, PaymentBooked signal, CompanyPolicy company) => Cash(
        invoice, signal, signal.Payment.Amount, BusinessCalendar.StartOfDay(signal.Payment.ValueDate, company.Zone()));

    /// <summary>The cash that was counted for a placing that is taken back.</summary>
    public static Fact TakenBack(Invoice invoice, PaymentBooked signal, DateTimeOffset now) =>
        Cash(invoice, signal, signal.Payment.Amount * -1, now);

    private static Fact Cash(Invoice invoice, PaymentBooked signal, Money amount, DateTimeOffset now) => new(
        $"{invoice.Id}|{FactKind.CashReceived}|{signal.Payment.Key}{PaymentKey.Move(signal.Move)}",
        FactKind.CashReceived,
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

using Workflows.Activities;
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

/// <summary>What was booked, and on which day of the company's zone.</summary>
internal sealed record BookedPayment(Allocation Allocation, DateOnly BookedOn);

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
        var booked = await BookAsync(context, policy, input);
        var file = Booking.Take(input.File, input.Signal, booked, input.Now);
        return file.Invoice.IsSettled
            ? await CloseCollection.CloseAsync(context, policy, composer, file, input.Now)
            : await SaveInvoice.KeepAsync(context, policy, file, input.Now);
    }

    private static async Task<BookedPayment> BookAsync(ActivityContext context, Policy policy, BookPaymentInput input)
    {
        var (invoice, payment) = (input.File.Invoice, input.Signal.Payment);
        var today = policy.Company.DayOf(input.Now);
        var allocation = Allocation.Of(
            invoice.Open, payment.Amount,
            input.Signal.FromBalance ? null : ToleranceIn(invoice.Amount.Currency, policy));
        if (allocation.ToBalance.Amount > 0)
        {
            await CustomerBalanceRepository.KeepAsync(
                context.Tables,
                PaymentRows.Balance(invoice, input.Signal, allocation.ToBalance, today),
                context.Stopping);
        }

        if (!input.Signal.FromBalance)
        {
            await FactLog.WriteAsync(
                context.Tables, [PaymentRows.Cash(invoice, payment, input.Now)], policy, context.Stopping);
        }

        return new BookedPayment(allocation, today);
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
    public static CustomerBalance Balance(Invoice invoice, PaymentBooked signal, Money amount, DateOnly today) =>
        Balance(invoice, signal.Payment, amount, today) with { IsReturned = signal.FromBalance ? true : null };

    /// <inheritdoc cref="Balance(Invoice, PaymentBooked, Money, DateOnly)"/>
    public static CustomerBalance Balance(Invoice invoice, Payment payment, Money amount, DateOnly today) => new(
        payment.Reference, invoice.Customer, invoice.Id, invoice.Owner, invoice.Region, amount, today, Uses: [])
    {
        Payment = payment.Id,
    };

    /// <summary>The cash that came in, once per payment.</summary>
    public static Fact Cash(Invoice invoice, Payment payment, DateTimeOffset now) => new(
        $"{invoice.Id}|{FactKind.CashReceived}|{payment.Key}",
        FactKind.CashReceived,
        now,
        invoice.Deal,
        invoice.Owner,
        invoice.Region,
        invoice.Customer,
        payment.Amount,
        BaseAmount: null,
        Percent: null,
        invoice.Number);
}

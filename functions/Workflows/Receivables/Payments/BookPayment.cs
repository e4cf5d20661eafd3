using Workflows.Credit;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Reviews;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>A payment to book on an invoice.</summary>
internal sealed record BookPaymentInput(Invoice Invoice, PaymentBooked Signal);

/// <summary>What was booked, and on which day of the company's zone.</summary>
internal sealed record BookedPayment(Allocation Allocation, DateOnly BookedOn);

/// <summary>
/// Divides a payment by the policy, keeps what is too much as the customer's credit, and counts the cash. Keyed by the
/// bank's reference: a second run writes the same rows.
/// </summary>
internal sealed class BookPayment(PolicyStore policies) : Step<BookPayment, BookPaymentInput, BookedPayment>
{
    public override async Task<BookedPayment> RunAsync(ActivityContext context, BookPaymentInput input)
    {
        var (policy, invoice, payment) = (policies.Current, input.Invoice, input.Signal.Payment);
        var today = policy.Company.DayOf(context.UtcNow);
        var allocation = Allocation.Of(
            invoice.Open, payment.Amount, input.Signal.FromCredit ? null : ToleranceIn(invoice.Amount.Currency, policy));
        if (allocation.Surplus.Amount > 0)
        {
            await AdvanceBook.KeepAsync(
                context.Tables, Surplus.Of(invoice, payment, allocation.Surplus, today), context.Stopping);
        }

        if (!input.Signal.FromCredit)
        {
            await FactLog.WriteAsync(
                context.Tables, [Surplus.Cash(invoice, payment, context.UtcNow)], policy, context.Stopping);
        }

        return new BookedPayment(allocation, today);
    }

    // Without a rate nothing is taken as a fee: somebody decides.
    private static PaymentPolicy ToleranceIn(Currency currency, Policy policy) => policy.Payments with
    {
        ToleranceAmount = policy.Company
            .Convert(new Money(policy.Payments.ToleranceAmount, policy.Company.BaseCurrency), currency)?.Amount ?? 0,
    };
}

/// <summary>The rows that a payment leaves beside the invoice.</summary>
internal static class Surplus
{
    /// <summary>What was paid too much.</summary>
    public static Advance Of(Invoice invoice, Payment payment, Money amount, DateOnly today) => new(
        payment.Reference, invoice.Customer, invoice.Id, invoice.Owner, invoice.Region, amount, today, Uses: []);

    /// <summary>The cash that came in, once per bank reference.</summary>
    public static Fact Cash(Invoice invoice, Payment payment, DateTimeOffset now) => new(
        $"{invoice.Id}|{FactKind.CashReceived}|{PaymentKey.Of(payment.Reference)}",
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

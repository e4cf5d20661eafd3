using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>What a payment does to an invoice.</summary>
/// <param name="Applied">Taken off the open amount as cash.</param>
/// <param name="Fee">The small rest that is taken as the banks' charges.</param>
/// <param name="ToBalance">What is more than was open: goes to the customer's balance.</param>
internal sealed record Allocation(Money Applied, Money Fee, Money ToBalance)
{
    /// <summary>
    /// Divides a payment of the invoice's own currency. Short by at most the smaller of the policy's amount and its
    /// share of the open amount is a bank fee; shorter is a part payment.
    /// </summary>
    /// <param name="policy">Its amount in the invoice's currency; null takes nothing as a fee.</param>
    public static Allocation Of(Money open, Money payment, PaymentPolicy? policy)
    {
        var nothing = Money.Zero(open.Currency);
        if (payment >= open)
        {
            return new Allocation(open, nothing, payment - open);
        }

        var missing = open - payment;
        var tolerated = policy is null
            ? 0
            : Math.Min(policy.ToleranceAmount, open.Amount * policy.TolerancePercent / 100m);
        return new Allocation(payment, missing.Amount <= tolerated ? missing : nothing, nothing);
    }
}

using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>
/// The rest of an invoice that is given up to close it, as opposed to a debt that a buyer does not pay: it opens what
/// the invoice holds back, and it is no default (docs/decisions/0077-a-write-off-is-no-payment.md).
/// </summary>
internal static class SmallRest
{
    private const decimal MostPercent = 5;

    /// <summary>Whether what is given up of an invoice is a small rest of what was billed.</summary>
    public static bool Is(Money givenUp, Money billed) => givenUp.Amount <= billed.Amount * MostPercent / 100m;
}

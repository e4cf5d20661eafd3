using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>Amounts can be compared, schedules add up.</summary>
internal static class MoneyRules
{
    public static IEnumerable<PolicyError> Check(Policy policy) =>
    [
        .. Rated(policy),
        .. Terms(policy.PaymentTerms),
    ];

    private static IEnumerable<PolicyError> Rated(Policy policy)
    {
        var amounts = policy.Credit.Ratings
            .Select(rating => ($"/credit/ratings/{rating.Key}", rating.Value))
            .Append(("/credit/defaultLimit", policy.Credit.DefaultLimit))
            .Concat(policy.Scoring.Products.Select((product, i) => ($"/scoring/products/{i}/floor", product.Floor)));
        foreach (var (path, amount) in amounts)
        {
            if (policy.Company.ToBase(Money.Zero(amount.Currency)) is null)
            {
                yield return new PolicyError(path, $"The company has no rate for {amount.Currency}.");
            }

            // A floor is the price of one unit.
            var decimals = amount.Currency.MinorUnits
                + (path.EndsWith("/floor", StringComparison.Ordinal) ? Money.PriceDecimals : 0);
            if (decimal.Round(amount.Amount, decimals) != amount.Amount)
            {
                yield return new PolicyError(path, $"{amount.Currency} has {decimals} decimals here.");
            }
        }
    }

    private static IEnumerable<PolicyError> Terms(IReadOnlyList<PaymentTermsPolicy> terms)
    {
        foreach (var (index, code) in PolicyRules.Repeated(terms.Select(term => term.Code)))
        {
            yield return new PolicyError($"/paymentTerms/{index}/code", $"{code} stands twice.");
        }

        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].Instalments.Sum(part => part.Percent) is var sum && sum != 100m)
            {
                yield return new PolicyError(
                    $"/paymentTerms/{i}/instalments", $"The percentages of {terms[i].Code} sum to {sum}, not to 100.");
            }
        }
    }
}

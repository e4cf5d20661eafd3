using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>
/// Conversion by the policy's rates, for reports, exposure and approval levels. Never for booking: what was paid in
/// another currency stays in it.
/// </summary>
public static class ExchangeRates
{
    /// <summary>
    /// The amount in the company's base currency, rounded to its minor unit; null when the policy has no rate.
    /// </summary>
    public static decimal? ToBase(this CompanyPolicy company, Money money) =>
        company.Rate(money.Currency) is { } rate
            ? new Money(money.Amount * rate, company.BaseCurrency).Rounded().Amount
            : null;

    /// <summary>The amount in another currency, rounded to its minor unit; null when the policy lacks a rate.</summary>
    public static Money? Convert(this CompanyPolicy company, Money money, Currency to)
    {
        if (money.Currency == to)
        {
            return money;
        }

        return company.Rate(money.Currency) is { } from && company.Rate(to) is { } into && into != 0
            ? new Money(money.Amount * from / into, to).Rounded()
            : null;
    }

    private static decimal? Rate(this CompanyPolicy company, Currency currency) =>
        currency == company.BaseCurrency ? 1m
        : company.Rates.TryGetValue(currency.Code, out var rate) ? rate
        : null;
}

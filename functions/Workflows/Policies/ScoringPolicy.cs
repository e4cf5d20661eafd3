using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>Weights of the inquiry score; the sum is cut to 0..100. See DOMAIN: scoring sample.</summary>
/// <param name="HotFrom">Scores at or above are hot.</param>
/// <param name="WarmFrom">Scores at or above are warm; below is cold.</param>
/// <param name="RejectBelow">Scores below are rejected as not serious.</param>
public sealed record ScoringPolicy(
    int Base,
    int CompanyEmail,
    int QuantityAtLeastMoq,
    int TargetPriceAtLeastFloor,
    int VerifiedBuyer,
    int NamedProduct,
    int PriorityCountry,
    int DeliveryTermGiven,
    int RepeatCustomer,
    int FreeMailWithoutCompany,
    int SpamWords,
    int BlankMessage,
    int HotFrom,
    int WarmFrom,
    int RejectBelow,
    IReadOnlyList<string> FreeMailDomains,
    IReadOnlyList<string> SpamTerms,
    IReadOnlyList<string> PriorityCountries,
    IReadOnlyList<ProductPolicy> Products);

/// <summary>What the company sells, as far as scoring and assignment must know.</summary>
/// <param name="Sku">Matched case-insensitively.</param>
/// <param name="Moq">Minimum order quantity in the product's unit.</param>
/// <param name="Floor">Lowest unit price worth talking about.</param>
public sealed record ProductPolicy(string Sku, string Name, decimal Moq, Money Floor);

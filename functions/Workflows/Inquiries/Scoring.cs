using Workflows.Customers;
using Workflows.Policies;

namespace Workflows.Inquiries;

/// <summary>How promising an inquiry is: each rule of the policy that speaks leaves its points and one line.</summary>
public static class Scoring
{
    // Conversion rounds to the minor unit, and the price of one unit may be finer: many are compared.
    private const int ManyUnits = 1_000_000;

    /// <summary>Scores an inquiry.</summary>
    /// <param name="isRepeatCustomer">Whether the customer has ordered before.</param>
    public static Score Of(Inquiry inquiry, BuyerIdentity buyer, bool isRepeatCustomer, Policy policy)
    {
        var weights = policy.Scoring;
        var points = new List<(int Points, string Reason)> { (weights.Base, "every inquiry starts here") };
        void Say(bool speaks, int weight, string reason)
        {
            if (speaks)
            {
                points.Add((weight, reason));
            }
        }

        Say(buyer.Domain is not null, weights.CompanyEmail, $"writes from a company address ({buyer.Domain})");
        Say(
            inquiry.Products.Any(product => ReachesMoq(product, weights)),
            weights.QuantityAtLeastMoq,
            "asks for at least our minimum quantity");
        Say(
            inquiry.Products.Any(product => ReachesFloor(product, policy)),
            weights.TargetPriceAtLeastFloor,
            "names a target price above our floor");
        Say(
            inquiry.Buyer.Verified || inquiry.Buyer.MemberYears >= 1,
            weights.VerifiedBuyer,
            inquiry.Buyer.Verified ? "verified by the platform" : $"on the platform for {inquiry.Buyer.MemberYears} y");
        Say(
            inquiry.Products.Any(IsSpecific), weights.NamedProduct,
            "names a product with an item number or a quantity");
        Say(
            inquiry.Buyer.Country is { } country && weights.PriorityCountries.Contains(country),
            weights.PriorityCountry,
            $"from a priority market ({inquiry.Buyer.Country})");
        Say(inquiry.Delivery is not null, weights.DeliveryTermGiven, $"says how to deliver ({inquiry.Delivery})");
        Say(isRepeatCustomer, weights.RepeatCustomer, "has ordered before");
        Say(
            buyer.Domain is null && string.IsNullOrWhiteSpace(inquiry.Buyer.Company),
            weights.FreeMailWithoutCompany,
            "free mail address and no company name");
        var signs = SpamSigns.Of(inquiry, buyer, weights);
        Say(signs.Count >= SpamSigns.Telling, weights.SpamWords, $"reads like spam: {string.Join(", ", signs)}");
        Say(string.IsNullOrWhiteSpace(inquiry.Message), weights.BlankMessage, "blank message");

        var value = Math.Clamp(points.Sum(point => point.Points), 0, 100);
        return new Score(
            value,
            TemperatureOf(value, weights),
            [.. points.Where(point => point.Points != 0).Select(point => $"{point.Points:+0;-0} {point.Reason}")]);
    }

    /// <summary>The product of the policy that a buyer means, by item number or name; null if none.</summary>
    public static ProductPolicy? Match(RequestedProduct wanted, ScoringPolicy weights) =>
        weights.Products.FirstOrDefault(product => SearchText.IsSame(product.Sku, wanted.Sku))
        ?? weights.Products.FirstOrDefault(product => SearchText.Contains(wanted.Name, product.Name));

    private static Temperature TemperatureOf(int value, ScoringPolicy weights) =>
        value >= weights.HotFrom ? Temperature.Hot
        : value >= weights.WarmFrom ? Temperature.Warm
        : Temperature.Cold;

    private static bool ReachesMoq(RequestedProduct wanted, ScoringPolicy weights) =>
        wanted.Quantity is { } quantity && Match(wanted, weights) is { } product && quantity >= product.Moq;

    private static bool ReachesFloor(RequestedProduct wanted, Policy policy) =>
        wanted.TargetPrice is { } target
        && Match(wanted, policy.Scoring) is { } product
        && policy.Company.Convert(target * ManyUnits, product.Floor.Currency) is { } price
        && price >= product.Floor * ManyUnits;

    private static bool IsSpecific(RequestedProduct wanted) =>
        !string.IsNullOrWhiteSpace(wanted.Name) && (!string.IsNullOrWhiteSpace(wanted.Sku) || wanted.Quantity > 0);
}

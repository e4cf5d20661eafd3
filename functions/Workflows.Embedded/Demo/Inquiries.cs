using System.Globalization;
using Workflows.Embedded.Serving;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Embedded.Demo;

/// <summary>The inquiries of a market: the n-th one is the same in every run of a seed.</summary>
internal sealed class Inquiries(
    int seed, IReadOnlyList<ProductPolicy> products, IReadOnlyDictionary<string, WebhookSettings> sources)
{
    private const string Prefix = "DEMO-";

    /// <summary>The number of one of ours; 0 for any other.</summary>
    public static int NumberOf(string platformInquiryId) =>
        platformInquiryId.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(
            platformInquiryId.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>How long after the one before it comes, in time that people work.</summary>
    public TimeSpan Gap(int number) => number <= 3
        ? TimeSpan.FromMinutes(10)
        : TimeSpan.FromMinutes(SeededRandom.For(seed, $"gap {number}").Between(40, 280));

    /// <summary>The signed webhook that brings it.</summary>
    public HttpRequestMessage Webhook(int number, DateTimeOffset now)
    {
        var random = SeededRandom.For(seed, $"inquiry {number}");
        var company = random.Pick(Buyers.Companies);
        var person = random.Pick(company.Contacts);
        var isSpam = random.Chance(5);
        var product = random.Pick(products);
        var quantity = Quantity(product, random);
        var text = isSpam
            ? random.Pick(Buyers.Spam)
            : string.Format(CultureInfo.InvariantCulture, Buyers.Message(company.Language), quantity, product.Name);
        var id = Prefix + number.ToString("D5", CultureInfo.InvariantCulture);
        var email = isSpam ? $"promo{number}@gmail.com" : Email(person, company, random);
        var target = random.Chance(40) ? Written.Of(product.Floor.Amount * 1.1m, product.Floor.Currency) : null;
        var years = random.Between(0, 9);
        return random.Chance(60)
            ? Platforms.Standard(sources[GeneratedSecrets.Standard], $"msg_{id}", now, new
            {
                platformInquiryId = id,
                buyer = new
                {
                    name = isSpam ? "Best Deals" : person,
                    company = isSpam ? null : company.Name,
                    email,
                    countryISO2 = company.Country,
                    memberYears = isSpam ? 0 : years,
                    verified = !isSpam && years > 1,
                },
                products = isSpam
                    ? []
                    : new[]
                    {
                        new
                        {
                            sku = product.Sku,
                            name = product.Name,
                            qty = quantity,
                            unit = "pcs",
                            targetPrice = target,
                        },
                    },
                incoterm = "CIF",
                destPort = company.Port,
                message = text,
                language = company.Language,
            })
            : Platforms.Alibaba(sources[GeneratedSecrets.Alibaba], now, new
            {
                message_id = $"m{id}",
                inquiry_id = id,
                buyer = new
                {
                    name = isSpam ? "Best Deals" : person,
                    company = isSpam ? null : company.Name,
                    email,
                    country = company.Country,
                    member_years = isSpam ? 0 : years,
                    verified = !isSpam && years > 1,
                },
                products = isSpam
                    ? []
                    : new[]
                    {
                        new { sku = product.Sku, name = product.Name, quantity, unit = "pcs", target_price = target },
                    },
                trade_term = random.Chance(50) ? "FOB" : "CIF",
                destination_port = company.Port,
                content = text,
                language = company.Language,
            });
    }

    /// <summary>What we ask for a product before any discount, and what it costs us.</summary>
    public (Money List, Money Cost) PriceOf(string? sku)
    {
        var product = products.FirstOrDefault(product => product.Sku == sku) ?? products[0];
        return ((product.Floor * 1.4m).Rounded(), (product.Floor * 0.85m).Rounded());
    }

    // Orders of about 5,000 to 40,000, whatever the price.
    private static int Quantity(ProductPolicy product, SeededRandom random)
    {
        var value = random.Between(5, 40) * 1000m;
        var quantity = (int)(value / (product.Floor.Amount * 1.4m));
        return quantity < 10 ? Math.Max(2, quantity) : quantity / 10 * 10;
    }

    private static string Email(string person, BuyerCompany company, SeededRandom random)
    {
        var first = new string(
            [.. person.Split(' ')[0].Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAsciiLetter)])
            .ToLowerInvariant();
        return $"{(first.Length > 1 ? first : random.Pick(["purchasing", "import", "sourcing"]))}@{company.Domain}";
    }
}

using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Inquiries;

public class ScoringTests
{
    private static readonly Policy Policy = PolicyLoader.Default();

    [Fact]
    public void A_serious_buyer_is_hot_and_every_point_has_a_reason()
    {
        var inquiry = Buyers.Inquiry() with
        {
            Products = [new RequestedProduct("rf-bv50", "valve", 500, "pcs", Money.Of(20, "EUR"))],
            Delivery = new DeliveryTerm(Incoterm.CIF, "Hamburg"),
        };

        var score = Score(inquiry, isRepeat: true);

        // 25 + 20 company + 15 MOQ + 15 floor + 10 product + 10 Germany + 10 term + 10 repeat.
        Assert.Equal((100, Temperature.Hot), (score.Value, score.Temperature));
        Assert.Equal(8, score.Reasons.Count);
        Assert.Contains("+20 writes from a company address (acme.example)", score.Reasons);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(199.9, false)]
    public void The_minimum_quantity_is_included(double quantity, bool speaks)
    {
        var inquiry = Buyers.Inquiry() with
        {
            Products = [new RequestedProduct("RF-BV50", "", (decimal)quantity, "pcs", null)],
        };

        Assert.Equal(
            speaks,
            Score(inquiry).Reasons.Any(reason => reason.Contains("minimum quantity", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("18.50", "USD", true)]
    [InlineData("18.49", "USD", false)]
    [InlineData("17.13", "EUR", true)] // 18.50 at 1.08.
    [InlineData("17.12", "EUR", false)]
    [InlineData("9999", "CHF", false)] // No rate: it cannot be said.
    public void A_target_price_is_compared_in_the_floors_currency(string amount, string currency, bool speaks)
    {
        var target = Money.Of(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency);
        var inquiry = Buyers.Inquiry() with { Products = [new RequestedProduct("RF-BV50", "", null, null, target)] };

        Assert.Equal(
            speaks, Score(inquiry).Reasons.Any(reason => reason.Contains("target price", StringComparison.Ordinal)));
    }

    [Fact]
    public void Free_mail_without_a_company_counts_against()
    {
        var nobody = Buyers.Anna with { Email = "anna@gmail.com", Company = null, Country = null };

        Assert.Equal(5, Score(Buyers.Inquiry(nobody, sku: null)).Value);
        Assert.Equal(25, Score(Buyers.Inquiry(nobody with { Company = "Acme" }, sku: null)).Value);
    }

    [Theory]
    [InlineData("We offer SEO and backlinks.", true)]
    [InlineData("We offer SEO services.", false)]
    [InlineData("We are based in Seoul and need backlinks.", false)]
    [InlineData("See https://a.example and https://b.example for SEO", false)]
    [InlineData("http://a.example http://b.example https://c.example", false)]
    [InlineData("SEO: http://a.example http://b.example https://c.example", true)]
    public void Spam_is_known_by_several_signs_and_never_by_one(string message, bool isSpam) =>
        Assert.Equal(isSpam, IsSpam(Buyers.Inquiry(message: message)));

    [Theory]
    [InlineData("Seo Min-jun", "min@naver.com", null, "Dear Sirs, I am Seo. We need backlinks.", false)]
    [InlineData("Min-jun", "seo@naver.com", null, "Regards, Seo. No casino, please.", false)]
    [InlineData("Min-jun", "min@naver.com", "Casino Parts", "Valves for our casino. SEO Min-jun", false)]
    [InlineData("Bob", "bob@gmail.com", null, "Buy backlinks now", true)]
    public void A_buyers_own_name_is_no_sign(
        string name, string email, string? company, string message, bool isSpam)
    {
        var buyer = Buyers.Anna with { Name = name, Email = email, Company = company };

        Assert.Equal(isSpam, IsSpam(Buyers.Inquiry(buyer, message: message, sku: isSpam ? null : "RF-BV50")));
    }

    private static bool IsSpam(Inquiry inquiry) =>
        Score(inquiry).Reasons.Any(reason => reason.StartsWith("-30", StringComparison.Ordinal));

    [Theory]
    [InlineData(70, Temperature.Hot)]
    [InlineData(69, Temperature.Warm)]
    [InlineData(40, Temperature.Warm)]
    [InlineData(39, Temperature.Cold)]
    public void The_bounds_of_hot_and_warm_are_included(int points, Temperature expected)
    {
        var policy = Policy with
        {
            Scoring = Policy.Scoring with
            {
                Base = points,
                CompanyEmail = 0,
                QuantityAtLeastMoq = 0,
                NamedProduct = 0,
                PriorityCountry = 0,
            },
        };

        var score = Scoring.Of(Buyers.Inquiry(), Identity(Buyers.Inquiry()), isRepeatCustomer: false, policy);

        Assert.Equal((points, expected), (score.Value, score.Temperature));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("我们需要500个球阀，请报价。", 25)]
    [InlineData("نحتاج إلى صمامات 🙏 =cmd()", 25)]
    public void Any_script_is_a_message_and_a_blank_one_is_not(string message, int expected)
    {
        var nobody = Buyers.Anna with
        {
            Email = "anna@gmail.com",
            Country = null,
            Company = message.Length == 0 ? null : "=cmd()",
        };

        Assert.Equal(expected, Score(Buyers.Inquiry(nobody, message: message, sku: null)).Value);
    }

    private static Score Score(Inquiry inquiry, bool isRepeat = false) =>
        Scoring.Of(inquiry, Identity(inquiry), isRepeat, Policy);

    private static BuyerIdentity Identity(Inquiry inquiry) =>
        BuyerIdentity.Of(inquiry.Buyer, Policy.Scoring.FreeMailDomains);
}

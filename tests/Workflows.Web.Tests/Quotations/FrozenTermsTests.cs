using System.Text.Json;
using Workflows.Policies;

namespace Workflows.Web.Tests.Quotations;

/// <summary>What was offered is frozen in the offer: a policy of later changes no offer, order or invoice.</summary>
public sealed class FrozenTermsTests
{
    private const string Name = "30% deposit by T/T, 70% against copy of B/L";

    [Fact]
    public async Task Terms_that_are_redefined_change_nothing_of_what_was_offered()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await OfferedAsync(home);

        await home.RestartAsync(policy => Redefined(policy, deposit: 50));
        var offered = (await home.DealAsync(deal)).GetProperty("quotation").GetProperty("terms");
        Assert.Equal(Name, offered.GetProperty("name").GetString());
        var page = await home.Web.Admin.GetStringAsync($"/deals/{deal}");
        Assert.Contains("70% balance, 7 days after the bill of lading", page, StringComparison.Ordinal);
        await home.AcceptAsync(deal);

        await ExpectAsOfferedAsync(home, deal);
    }

    [Fact]
    public async Task A_code_that_was_removed_fails_no_deal()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await OfferedAsync(home);

        await home.RestartAsync(Without);
        await home.AcceptAsync(deal);

        await ExpectAsOfferedAsync(home, deal);
    }

    [Fact]
    public async Task The_reminder_that_the_offer_ends_shows_the_terms_as_they_were_offered()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await OfferedAsync(home);

        await home.RestartAsync(policy => Redefined(policy, deposit: 50));
        await home.AdvanceToAsync(OfferHome.Morning.AddDays(30));

        var mail = Assert.Single(await home.MailsAsync(deal, "quotation-expiry-reminder"));
        Assert.Contains(Name, mail.Text, StringComparison.Ordinal);
        Assert.Contains("30% deposit", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("50% deposit", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terms_that_became_worse_under_the_same_code_are_asked_again()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await OfferedAsync(home);

        await home.RestartAsync(policy => Redefined(policy, deposit: 10));
        await home.QuoteAsync(deal, discount: 12);

        Assert.Equal(2, (await home.DealAsync(deal)).GetProperty("approvals").GetArrayLength());
        Assert.Contains(
            "10% now", (await home.ApprovalAsync(deal)).GetProperty("request").ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> OfferedAsync(OfferHome home)
    {
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount: 12);
        await home.DecideAsync(await home.LinkAsync(deal, "viktor"));
        Assert.Equal("Sent", (await home.DealAsync(deal)).GetProperty("quotationStatus").GetString());
        return deal;
    }

    private static async Task ExpectAsOfferedAsync(OfferHome home, string deal)
    {
        var ordered = await home.DealAsync(deal);
        Assert.Equal(
            ["5068.80", "11827.20"],
            ordered.GetProperty("invoices").EnumerateArray()
                .Select(invoice => invoice.GetProperty("amount").GetProperty("amount").GetString()));
        Assert.Equal(
            ["5068.80", "11827.20"],
            ordered.GetProperty("order").GetProperty("instalments").EnumerateArray()
                .Select(part => part.GetProperty("amount").GetProperty("amount").GetString()));
        var mail = Assert.Single(await home.MailsAsync(deal, "order-confirmed"));
        Assert.Contains(Name, mail.Text, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, ordered.GetProperty("endReason").ValueKind);
    }

    private static Policy Redefined(Policy policy, decimal deposit) => policy with
    {
        PaymentTerms = [.. policy.PaymentTerms.Select(terms => terms.Code == "TT30-70BL"
            ? terms with
            {
                Name = $"{deposit:0}% now",
                Instalments =
                [
                    terms.Instalments[0] with { Percent = deposit },
                    terms.Instalments[1] with { Percent = 100 - deposit },
                ],
            }
            : terms)],
    };

    private static Policy Without(Policy policy) => policy with
    {
        PaymentTerms = [.. policy.PaymentTerms.Where(terms => terms.Code != "TT30-70BL")],
    };
}

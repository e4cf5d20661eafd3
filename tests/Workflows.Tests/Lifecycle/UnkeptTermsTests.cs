using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>
/// Offers of before their payment terms were kept in them. While the policy has their code they follow it, as those of
/// OrderTests do.
/// </summary>
public class UnkeptTermsTests
{
    [Fact]
    public async Task Without_their_code_no_order_is_made_and_the_deal_is_negotiated_again()
    {
        var confirmed = await ConfirmAsync(code: "GONE");
        Assert.Empty(confirmed.Instalments);
        Assert.Null(confirmed.Order);

        var changes = Negotiation.Reopen(Given.Ordered.State(), Given.Now);
        Assert.Equal((Stage.Negotiating, null), (changes.Deal.Stage, changes.Deal.Accepted));
        Assert.Equal([new OfferedTermsMissing("TT30-70BL")], changes.Entries.Select(entry => entry.What));
    }

    private static async Task<ConfirmedOrder> ConfirmAsync(string code)
    {
        await using var scenario = await Scenario.StartAsync();
        var quotation = Given.Quotation with { Draft = Given.Draft with { PaymentTerms = code } };
        Assert.Null(quotation.Terms);
        return await scenario.RunAsync<ConfirmOrder, ConfirmOrderInput, ConfirmedOrder>(new ConfirmOrderInput(
            new DealId("D-0000-0000-0000"), new CustomerId("C-1"), quotation, "PO-1", Given.Inquiry, Given.Mei, "emea",
            Granted: null));
    }
}

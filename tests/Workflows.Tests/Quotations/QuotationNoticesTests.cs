using Workflows.Inquiries;
using Workflows.Quotations;
using Workflows.Tests.Inquiries;
using Workflows.Trade;

namespace Workflows.Tests.Quotations;

public class QuotationNoticesTests
{
    [Fact]
    public async Task An_offer_goes_to_the_buyer_once_and_answers_to_the_owner()
    {
        await using var scenario = await Scenario.StartAsync();
        var priced = await scenario.RunAsync<PriceQuotation, PriceInput, PricedQuotation>(
            new PriceInput(Drafts.Deal, 1, Drafts.Draft(12, Drafts.Line(cost: 10)), new StaffId("mei")));

        await NotifyAsync(scenario, priced.Quotation, QuotationNoticeKind.Offer);
        await NotifyAsync(scenario, priced.Quotation, QuotationNoticeKind.Offer);

        var mail = Assert.Single(await scenario.MailsAsync());
        Assert.Equal(("anna@acme.example", "mei@ridgewater.example"), (mail.To.Address, mail.ReplyTo!.Address));
        var sheet = Assert.IsType<QuotationOffer>(mail.Mail).Sheet;
        Assert.Equal("USD 17,600.00", sheet.Total.ToString());
        Assert.Equal("FOB Ningbo, Incoterms 2020", sheet.Delivery);
        Assert.Equal("4 December 2026", sheet.ValidUntilText);
        Assert.Equal(
            [
                "30% deposit, 7 days after the order; production starts when it is in",
                "70% balance, 7 days after the bill of lading's date; documents are released when it is in",
            ],
            sheet.Schedule);
    }

    [Fact]
    public async Task A_delivery_term_that_does_not_suit_is_said_with_the_price()
    {
        await using var scenario = await Scenario.StartAsync();
        var draft = Drafts.Draft() with { Delivery = new DeliveryTerm(Incoterm.FOB, "Ningbo airport") };

        var priced = await scenario.RunAsync<PriceQuotation, PriceInput, PricedQuotation>(
            new PriceInput(Drafts.Deal, 1, draft, new StaffId("mei")));

        Assert.Equal(["FOB is for sea and inland waterway only; by air use FCA."], priced.Warnings);
    }

    [Theory]
    [InlineData(QuotationNoticeKind.ExpiryReminder, "anna@acme.example")]
    [InlineData(QuotationNoticeKind.Expired, "mei@ridgewater.example")]
    [InlineData(QuotationNoticeKind.DiscountRefused, "mei@ridgewater.example")]
    public async Task Each_mail_goes_to_whom_it_concerns(QuotationNoticeKind kind, string to)
    {
        await using var scenario = await Scenario.StartAsync();

        await NotifyAsync(scenario, Drafts.Price(Drafts.Draft(16, Drafts.Line(cost: 10))), kind);

        var mail = Assert.Single(await scenario.MailsAsync());
        Assert.Equal(to, mail.To.Address);
        if (mail.Mail is DiscountRefused refused)
        {
            Assert.Equal("no reason given", refused.Reason);
        }
    }

    private static Task NotifyAsync(Scenario scenario, Quotation quotation, QuotationNoticeKind kind) =>
        scenario.InActivityAsync(context => scenario.Get<QuotationNotices>().SendAsync(
            context, Drafts.Deal, Buyers.Inquiry(),
            new QuotationNotice(quotation, new StaffId("mei"), kind, Reason: null)));
}

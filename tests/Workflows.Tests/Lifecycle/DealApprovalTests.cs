using Workflows.Approvals;
using Workflows.Approvals.Kinds;
using Workflows.Credit;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>Which of a deal's values go into its approvals.</summary>
public class DealApprovalTests
{
    private static readonly ApprovalId Id = new("D-TEST-TEST-TEST-A1");
    private static readonly ApprovalBuyer Buyer = new("Anna Berg", "Acme GmbH", "DE");
    private static readonly string[] Reasons = ["one", "two"];

    private static readonly Deal Deal = Given.Quoted with
    {
        PolicyVersion = "2026-03",
        Qualification = new Qualification(
            InquiryVerdict.Serious, null, null, new CustomerId("C-1"), IsRepeatCustomer: false, "emea",
            new Score(70, Temperature.Hot, []), "2026-03"),
    };

    [Fact]
    public void A_discount_is_asked_with_the_prices_of_its_quotation()
    {
        var quotation = Given.Quotation with { Draft = Given.Draft with { Note = "Old friend." } };
        var priced = new PricedQuotation(
            quotation, new DiscountDecision(DiscountOutcome.NeedsApproval, Reasons), quotation.OfferedAt);

        var asked = DiscountApproval.For(Deal, Id, priced, new StaffId("jonas"));

        Assert.Equal(
            new DiscountSubject(
                Buyer,
                "D-TEST-Q1",
                new DeliveryTerm(Incoterm.FOB, "Shanghai"),
                ListTotal: Usd(5_000),
                DiscountPercent: 4,
                Discount: Usd(200),
                Total: Usd(4_800),
                MarginPercent: 27.1m,
                "TT30-70BL",
                Reasons,
                "Old friend."),
            asked.Subject);
        Assert.Equal(
            new ApprovalInput(Id, Deal.Id, asked.Subject, new StaffId("jonas"), "emea", "2026-03"), asked);
    }

    [Fact]
    public void Credit_is_asked_with_the_exposure_by_the_owner()
    {
        var exposure = new Exposure(Usd(60_000), Usd(25_000), Usd(20_000), Usd(0));
        var decision = new CreditDecision(
            CreditOutcome.NeedsApproval, exposure, Usd(100_000), Usd(5_000), Reasons);

        var asked = CreditApproval.For(Deal, Id, decision, Usd(20_000));

        Assert.Equal(
            new CreditSubject(
                Buyer,
                OrderTotal: Usd(20_000),
                "TT30-70BL",
                Exposure: Usd(105_000),
                Limit: Usd(100_000),
                OverBy: Usd(5_000),
                Reasons),
            asked.Subject);
        Assert.Equal(new ApprovalInput(Id, Deal.Id, asked.Subject, Given.Mei, "emea", "2026-03"), asked);
    }

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");
}

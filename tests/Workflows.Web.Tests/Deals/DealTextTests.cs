using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Trade;
using Workflows.Web.Deals;

namespace Workflows.Web.Tests.Deals;

public sealed class DealTextTests
{
    private static readonly (DealRefusal Refusal, string Text)[] Refusals =
    [
        (new DealRefusal.Ended(Stage.WrittenOff), "The deal has ended: written off."),
        (new DealRefusal.Ended(Stage: null), "The deal has ended."),
        (new DealRefusal.AlreadyAccepted(), "The buyer has accepted a quotation already."),
        (new DealRefusal.NoOwner(), "The inquiry has no owner yet."),
        (new DealRefusal.NoQuotation(), "No quotation has been sent yet."),
        (new DealRefusal.OtherQuotation("Q1", "Q2"), "The answer is to Q1, but the present quotation is Q2."),
        (new DealRefusal.QuotationNotOpen(QuotationStatus.PendingApproval),
            "The quotation waits for approval; the buyer does not have it yet."),
        (new DealRefusal.QuotationNotOpen(QuotationStatus.Refused), "The quotation is refused: send a new version."),
        (new DealRefusal.QuotationNotOpen(QuotationStatus.Expired), "The quotation has expired: send a new version."),
        (new DealRefusal.NoOrder(), "There is no confirmed order yet."),
        (new DealRefusal.MilestoneAlreadyReached(MilestoneKind.DocumentsSent), "Documents sent is recorded already."),
        (new DealRefusal.MilestoneMissing(MilestoneKind.Produced, MilestoneKind.Shipped),
            "Produced must be recorded before Shipped."),
        (new DealRefusal.MilestoneHeld(MilestoneKind.Produced), "Production is held: the deposit is not paid."),
        (new DealRefusal.MilestoneHeld(MilestoneKind.Shipped), "Shipment is held: credit is not granted."),
        (new DealRefusal.MilestoneHeld(MilestoneKind.DocumentsSent),
            "The documents are held: the balance is not paid."),
        (new DealRefusal.AlreadyOwner(new StaffId("mei")), "mei owns the deal already."),
        (new DealRefusal.AlreadyShipped(),
            "The goods are shipped: the deal can no longer be cancelled. Ask to write off what is not paid."),
        (new DealRefusal.NotRejected(), "The inquiry is not rejected: there is nothing to take back."),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Refusals.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_refusal_has_its_words(int number) =>
        Assert.Equal(Refusals[number].Text, DealText.Refusal(Refusals[number].Refusal));

    [Fact]
    public void Every_kind_of_refusal_has_an_example() => Assert.Equal(
        typeof(DealRefusal).GetNestedTypes().Select(type => type.Name).Order(),
        Refusals.Select(example => example.Refusal.GetType().Name).Distinct().Order());

    [Theory]
    [InlineData(WaitingFor.Owner, "an owner")]
    [InlineData(WaitingFor.FirstResponse, "the first response")]
    [InlineData(WaitingFor.Quotation, "a quotation")]
    [InlineData(WaitingFor.BuyerAnswer, "the buyer's answer")]
    [InlineData(WaitingFor.CreditApproval, "credit approval")]
    [InlineData(WaitingFor.Deposit, "the deposit")]
    [InlineData(WaitingFor.Production, "the end of production")]
    [InlineData(WaitingFor.ShipmentCredit, "credit for the shipment")]
    [InlineData(WaitingFor.Shipment, "shipment")]
    [InlineData(WaitingFor.Reinstatement, "a manager who lets the inquiry go on after all")]
    public void What_a_deal_waits_for_has_words(WaitingFor what, string words) =>
        Assert.Equal(words, DealText.For(Wait(what)));

    [Fact]
    public void Waits_with_a_figure_name_it()
    {
        Assert.Equal(
            "approval of 12.5% discount",
            DealText.For(Wait(WaitingFor.DiscountApproval) with { DiscountPercent = 12.50m }));
        Assert.Equal("payment of 1 open invoice", DealText.For(Wait(WaitingFor.Payment) with { OpenInvoices = 1 }));
        Assert.Equal("payment of 3 open invoices", DealText.For(Wait(WaitingFor.Payment) with { OpenInvoices = 3 }));
    }

    [Fact]
    public void Everything_that_a_deal_waits_for_has_words() =>
        Assert.All(Enum.GetValues<WaitingFor>(), what => Assert.NotEmpty(DealText.For(Wait(what))));

    [Fact]
    public void What_happens_then_has_words() =>
        Assert.All(Enum.GetValues<WaitingThen>(), then => Assert.NotEmpty(DealText.Then(then)));

    [Fact]
    public void Where_a_deal_stands_is_one_line()
    {
        Assert.Equal("Not looked at yet", DealText.Standing(stage: null, waiting: null));
        Assert.Equal("Written off", DealText.Standing(Stage.WrittenOff, waiting: null));
        Assert.Equal("Ordered, waits for the deposit", DealText.Standing(Stage.Ordered, Wait(WaitingFor.Deposit)));
    }

    private static Waiting Wait(WaitingFor what) => new(what, "buyer", DateTimeOffset.UnixEpoch, null, null);
}

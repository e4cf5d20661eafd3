using Workflows.Approvals.Kinds;
using Workflows.Credit;
using Workflows.Customers;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Tests.Approvals.Kinds;
using Workflows.Trade;

namespace Workflows.Tests.Credit;

public class CreditRuleTests
{
    private static readonly Policy Policy = PolicyLoader.Default();
    private static readonly DateOnly Today = new(2026, 11, 4);
    private static readonly DealId Deal = new("D-NEW");
    private static readonly CustomerId Id = new("C-1");

    private static readonly Customer Buyer =
        new(Id, "acme.com", "Acme", "DE", "de", "anna@acme.com", "standard", DateTimeOffset.UnixEpoch) { Rating = "B" };

    [Fact]
    public void An_order_over_the_limit_needs_approval_and_says_why()
    {
        var (decision, grounds) = Decide(Case(20_000, [Invoice(60_000), Unbilled(25_000)]));

        Assert.Equal(CreditOutcome.NeedsApproval, decision.Outcome);
        Assert.Equal(CreditGrounds.OverLimit, grounds);
        Assert.Equal(Usd(105_000), decision.Exposure.Total);
        Assert.Equal(Usd(5_000), decision.OverBy);
        Assert.Contains(
            "USD 105,000.00 is USD 5,000.00 over the limit of USD 100,000.00", decision.Reasons.Single(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 12, CreditOutcome.Cleared)]
    [InlineData(20, 400, CreditOutcome.Cleared)]
    [InlineData(800, 12, CreditOutcome.Cleared)]
    [InlineData(900, 12, CreditOutcome.NeedsApproval)]
    [InlineData(60_000, 9, CreditOutcome.Cleared)]
    [InlineData(60_000, 11, CreditOutcome.NeedsApproval)]
    public void Amount_times_age_of_what_is_overdue_decides(decimal amount, int days, CreditOutcome expected)
    {
        var late = Invoice(amount) with { Due = Today.AddDays(-days) };

        Assert.Equal(expected, Decide(Case(1_000, [late])).Decision.Outcome);
    }

    [Fact]
    public void Many_small_debts_are_a_large_one_and_an_older_policy_tolerates_none()
    {
        var late = Invoice(500) with { Due = Today.AddDays(-12) };

        Assert.Equal(CreditOutcome.NeedsApproval, Decide(Case(1_000, [late, late])).Decision.Outcome);
        var strict = Policy with { Credit = Policy.Credit with { OverdueToleranceAmountDays = null } };
        Assert.Equal(
            CreditOutcome.NeedsApproval, CreditRule.Decide(Case(1_000, [late]), strict, Today).Decision.Outcome);
    }

    [Fact]
    public void A_deposit_received_brings_it_back_under_the_limit()
    {
        var (decision, _) = Decide(Case(20_000, [Invoice(60_000), Unbilled(25_000)]) with { Balances = [Usd(6_000)] });

        Assert.Equal(CreditOutcome.Cleared, decision.Outcome);
        Assert.Equal(Usd(99_000), decision.Exposure.Total);
    }

    [Fact]
    public void An_order_split_in_two_is_checked_on_the_total()
    {
        var first = Decide(Case(10_000, [Invoice(60_000), Unbilled(25_000)]));
        var second = Decide(Case(10_000, [Invoice(60_000), Unbilled(25_000), Unbilled(10_000)]));

        Assert.Equal(CreditOutcome.Cleared, first.Decision.Outcome);
        Assert.Equal(CreditOutcome.NeedsApproval, second.Decision.Outcome);
    }

    [Theory]
    [InlineData("15000.00", CreditOutcome.Cleared)]
    [InlineData("15000.01", CreditOutcome.NeedsApproval)]
    public void The_limit_itself_is_within_it(string total, CreditOutcome expected)
    {
        var amount = decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(expected, Decide(Case(amount, [Invoice(60_000), Unbilled(25_000)])).Decision.Outcome);
    }

    [Fact]
    public void A_fully_prepaid_order_is_never_held()
    {
        var prepaid = new Instalment(1, "advance", Usd(900_000), DueBasis.Order, 0, Prerequisite.Production);
        var file = Case(900_000, [Invoice(99_000, due: Today.AddDays(-90))]);

        var (decision, _) = Decide(file with
        {
            Input = file.Input with { Instalments = [prepaid] },
            Customer = Buyer with { Holds = [new CreditHold("bad news", StaffId.System, default, null)] },
        });

        Assert.Equal(CreditOutcome.Cleared, decision.Outcome);
        Assert.Equal(Usd(99_000), decision.Exposure.Total);
    }

    [Theory]
    [InlineData(10, CreditOutcome.Cleared)]
    [InlineData(11, CreditOutcome.NeedsApproval)]
    public void What_is_overdue_beyond_tolerance_needs_approval_though_the_limit_holds(int days, CreditOutcome expected)
    {
        var (decision, _) = Decide(Case(1_000, [Invoice(5_000, due: Today.AddDays(-days))]));

        Assert.Equal(expected, decision.Outcome);
    }

    [Fact]
    public void A_hold_needs_approval_with_its_reason()
    {
        var held = Buyer with
        {
            Holds = [new CreditHold("bank reports a moratorium", new StaffId("lin"), DateTimeOffset.UnixEpoch, null)],
        };

        var (decision, grounds) = Decide(Case(1, []) with { Customer = held });

        Assert.Equal(CreditGrounds.OnHold, grounds);
        Assert.Contains("bank reports a moratorium", decision.Reasons.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Exposure_in_other_currencies_counts_by_the_policys_rates()
    {
        var (decision, _) = Decide(Case(1_000, [Invoice(0) with { Amount = Money.Of(10_000, "EUR") }]));

        Assert.Equal(Usd(11_800), decision.Exposure.Total);
    }

    [Fact]
    public void A_currency_without_a_rate_needs_approval_instead_of_counting_as_nothing()
    {
        var (decision, grounds) = Decide(Case(1_000, [Invoice(0) with { Amount = Money.Of(10_000, "KWD") }]));

        Assert.Equal(CreditGrounds.NoRate, grounds);
        Assert.Equal(CreditOutcome.NeedsApproval, decision.Outcome);
    }

    [Theory]
    [InlineData(0, CreditOutcome.Cleared)]
    [InlineData(1, CreditOutcome.Cleared)]
    [InlineData(2, CreditOutcome.NeedsApproval)]
    public void An_approval_is_good_until_its_last_day(int daysAfter, CreditOutcome expected)
    {
        var file = Case(120_000, []) with
        {
            Grant = new CreditGrant(Deal, CreditGrounds.OverLimit, Usd(120_000), Today.AddDays(1)),
        };

        Assert.Equal(expected, CreditRule.Decide(file, Policy, Today.AddDays(daysAfter)).Decision.Outcome);
    }

    [Fact]
    public void An_approval_does_not_cover_what_got_worse()
    {
        var grant = new CreditGrant(Deal, CreditGrounds.OverLimit, Usd(120_000), Today.AddDays(30));

        var larger = Decide(Case(120_001, []) with { Grant = grant });
        var alsoLate = Decide(Case(119_000, [Invoice(500, due: Today.AddDays(-40))]) with { Grant = grant });
        var asked = Decide(Case(120_000, []) with { Grant = grant with { ValidUntil = null } });

        Assert.All(
            [larger, alsoLate, asked], outcome => Assert.Equal(CreditOutcome.NeedsApproval, outcome.Decision.Outcome));
    }

    [Fact]
    public void Before_shipment_the_order_counts_with_what_is_left_to_pay()
    {
        var file = Case(100_000, [Invoice(70_000) with { Deal = Deal }, Unbilled(20_000)]);

        var (decision, _) = Decide(file with { Input = file.Input with { Point = CreditCheckPoint.Shipment } });

        Assert.Equal(Usd(70_000), decision.Exposure.ThisOrder);
        Assert.Equal(Usd(90_000), decision.Exposure.Total);
        Assert.Equal(CreditOutcome.Cleared, decision.Outcome);
    }

    [Fact]
    public void An_amount_that_nobody_may_decide_is_said_so()
    {
        var policy = Policy.With(ApprovalKind.Credit, new ApprovalLevel(StaffRole.Finance, 25_000));

        var decided = CreditRule.Decide(Case(125_000, []), policy, Today).Decision;
        var beyond = CreditRule.Decide(Case(125_000.01m, []), policy, Today).Decision;

        Assert.Single(decided.Reasons);
        Assert.Equal("USD 25,000.01 over the limit is beyond what anybody may decide", beyond.Reasons[^1]);
    }

    [Fact]
    public void A_debt_that_was_written_off_asks_for_approval_of_the_next_order_on_credit()
    {
        var invoice = new InvoiceId("D-OLD-I2");
        var debt = new CreditDefault(new DealId("D-OLD"), invoice, Usd(11_827.20m), Today.AddDays(-9));

        var (decision, grounds) = Decide(Case(1_000, []) with { Defaults = [debt] });

        Assert.Equal((CreditOutcome.NeedsApproval, CreditGrounds.Defaulted), (decision.Outcome, grounds));
        Assert.Equal(
            ["USD 11,827.20 of invoice D-OLD-I2 was written off on 2026-10-26 and never paid"], decision.Reasons);
    }

    private static (CreditDecision Decision, CreditGrounds Grounds) Decide(CreditCase file) =>
        CreditRule.Decide(file, Policy, Today);

    private static CreditCase Case(decimal total, IReadOnlyList<ExposureItem> items) => new(
        new CreditInput(
            Deal,
            Id,
            Usd(total),
            [new Instalment(1, "open account", Usd(total), DueBasis.BillOfLading, 30, null)],
            CreditCheckPoint.Order),
        Buyer,
        items,
        Balances: [],
        Grant: null);

    private static ExposureItem Invoice(decimal open, DateOnly? due = null) =>
        new(new DealId("D-OLD"), new InvoiceId("D-OLD-I1"), Usd(open), due ?? Today.AddDays(5));

    private static ExposureItem Unbilled(decimal amount) => new(new DealId("D-RUNNING"), null, Usd(amount), null);

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");
}

using FsCheck;
using FsCheck.Fluent;
using Workflows.Facts;
using Workflows.Reviews;
using Workflows.Trade;
using static Workflows.Tests.Reviews.Given;

namespace Workflows.Tests.Reviews;

public class ReviewScopeTests
{
    [Fact]
    public void Staff_and_regions_of_the_policy_are_there_without_facts()
    {
        var scopes = ReviewScope.Of([], Period(), Policy);

        Assert.Equal(
            [ReviewScope.Company, new(ScopeKind.Region, "emea"), new(ScopeKind.Region, "rest"),
                new(ScopeKind.Salesperson, "mei"), new(ScopeKind.Salesperson, "omar")],
            scopes);
    }

    [Fact]
    public void Whom_only_the_facts_know_is_there_too()
    {
        var scopes = ReviewScope.Of(
            [
                Won("D-1", "2025-10-20T03:00Z", 10, new StaffId("left")) with { Region = "old" },
                Received("D-2", "2025-10-20T03:00Z"),
            ],
            Period(),
            Policy);

        Assert.Contains(new ReviewScope(ScopeKind.Salesperson, "left"), scopes);
        Assert.Contains(new ReviewScope(ScopeKind.Salesperson, ""), scopes);
        Assert.Contains(new ReviewScope(ScopeKind.Region, "old"), scopes);
    }

    [Fact]
    public void The_parts_add_up_to_the_whole_whatever_happened()
    {
        var kinds = Enum.GetValues<FactKind>();
        string?[] people = [null, "mei", "omar", "left"];
        string[] regions = ["emea", "rest", "", "old"];
        var fact =
            from deal in Gen.Choose(1, 12)
            from kind in Gen.Elements(kinds)
            from hour in Gen.Choose(-24 * 5, 24 * 140)
            from person in Gen.Elements(people)
            from region in Gen.Elements(regions)
            from amount in Gen.Choose(1, 1000)
            select new Fact(
                $"D-{deal}|{kind}|{hour}",
                kind,
                At("2025-10-01T00:00Z").AddHours(hour),
                new DealId($"D-{deal}"),
                person is null ? null : new StaffId(person),
                region,
                null,
                kind is FactKind.InquiryReceived or FactKind.FirstResponse ? null : Money.Of(amount, "USD"),
                null,
                null,
                null);

        Prop.ForAll(Arb.From(Gen.ListOf(fact)), facts => AddsUp([.. facts])).Check(Config.QuickThrowOnFailure);
    }

    private static bool AddsUp(List<Fact> facts)
    {
        var period = Period();
        var counted = ReviewScope.Of(facts, period, Policy).ToLookup(
            scope => scope.Kind, scope => ReviewFigures.Of(facts, period, scope, Policy));
        var total = counted[ScopeKind.Company].Single();
        return new[] { counted[ScopeKind.Region], counted[ScopeKind.Salesperson] }.All(parts =>
            parts.Sum(part => part.Received) == total.Received
            && parts.Sum(part => part.Valid) == total.Valid
            && parts.Sum(part => part.Answered) == total.Answered
            && parts.Sum(part => part.CohortOrders) == total.CohortOrders
            && parts.Sum(part => part.OrdersWon) == total.OrdersWon
            && parts.Sum(part => part.DealsLost) == total.DealsLost
            && parts.Sum(part => part.WonValue.Amount) == total.WonValue.Amount
            && parts.Sum(part => part.CashReceived.Amount) == total.CashReceived.Amount);
    }
}

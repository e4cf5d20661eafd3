using Workflows.Facts;
using Workflows.Receivables.Ageing;
using Workflows.Reviews;
using Workflows.Trade;
using static Workflows.Tests.Reviews.Given;

namespace Workflows.Tests.Reviews;

public class ReviewCompositionTests
{
    [Fact]
    public void A_report_names_everybody_and_puts_nobody_last()
    {
        var report = Compose(
            [Received("D-1", "2025-10-02T03:00Z"), Won("D-2", "2025-10-02T03:00Z", 10, new StaffId("zoe"))]);

        Assert.Equal(["Mei Lin", "Omar Haddad", "zoe", "Nobody yet"], report.Salespeople.Select(person => person.Name));
        Assert.Equal(["Europe", "Rest of the world"], report.Regions.Select(region => region.Name));
        Assert.Equal(("2025-10", false), (report.Month, report.IsProvisional));
    }

    [Fact]
    public void The_champion_has_the_highest_value_won()
    {
        var report = Compose(
        [
            Won("D-1", "2025-10-02T03:00Z", 500), Won("D-2", "2025-10-02T03:00Z", 400),
            Won("D-3", "2025-10-02T03:00Z", 950, Omar),
        ]);

        Assert.Equal(new BestSalesperson(Omar, "Omar Haddad", 1, Money.Of(950, "USD")), report.Best);
        Assert.Null(Compose([]).Best);
    }

    [Fact]
    public void The_funnel_follows_the_months_own_inquiries()
    {
        var funnel = Compose(
        [
            Received("D-1", "2025-10-02T03:00Z"),
            Received("D-2", "2025-10-02T03:00Z"),
            Fact("D-1", FactKind.FirstResponse, "2025-10-02T04:00Z", Mei),
            Fact("D-2", FactKind.FirstResponse, "2025-10-02T05:00Z", Mei),
            Fact("D-2", FactKind.Quoted, "2025-11-02T05:00Z", Mei),
            Won("D-0", "2025-10-02T03:00Z", 10),
        ]).Funnel;

        Assert.Equal(
            ["Received 2", "Valid 2", "Answered 2", "Quoted 1", "Ordered 0"],
            funnel.Select(step => $"{step.Name} {step.Count}"));
        Assert.Equal([null, 100m, 100m, 50m, 0m], funnel.Select(step => step.PercentOfPrevious));
    }

    [Fact]
    public void Loss_reasons_are_counted_in_peoples_words()
    {
        Fact Lost(int deal, string? why) =>
            Fact($"D-{deal}", FactKind.DealLost, "2025-10-09T03:00Z", Mei) with { Note = why };

        var reasons = LossReasons.Of(
            [Lost(1, "Price"), Lost(2, " price "), Lost(3, null), Lost(4, new string('x', 500))], Period());

        Assert.Equal(
            [("Price", 2), ("No reason given", 1)], reasons.Take(2).Select(reason => (reason.Reason, reason.Count)));
        Assert.Equal(80, reasons[2].Reason.Length);
    }

    [Fact]
    public void Rare_loss_reasons_are_summed()
    {
        var reasons = LossReasons.Of(
            [
                .. Enumerable.Range(1, 14).Select(
                    deal => Fact($"D-{deal}", FactKind.DealLost, "2025-10-09T03:00Z") with { Note = $"Reason {deal}" }),
            ],
            Period());

        Assert.Equal((11, new LossReason("Other reasons", 4)), (reasons.Count, reasons[^1]));
    }

    private static ReviewReport Compose(IReadOnlyList<Fact> facts)
    {
        var counted = ReviewScope.Of(facts, Period(), Policy)
            .Select(scope => new CountedScope(scope, Figures(facts, scope: scope)));
        return ReviewComposition.Compose(Period(), [.. counted], MonthEnd(AgeingFigures.None(Usd), facts), [], Policy);
    }
}

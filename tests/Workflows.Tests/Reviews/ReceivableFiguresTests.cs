using Workflows.Facts;
using Workflows.Receivables.Ageing;
using Workflows.Reviews;
using Workflows.Trade;
using static Workflows.Tests.Reviews.Given;

namespace Workflows.Tests.Reviews;

public class ReceivableFiguresTests
{
    private static readonly AgeingFigures None = AgeingFigures.None(Usd);

    [Fact]
    public void A_quarter_of_sales_tells_how_long_money_is_out()
    {
        // 330,000 open of 900,000 sold in the 92 days of a quarter that began with 300,000; 250,000 is not due yet.
        var figures = MonthEnd(
            None with { NotDue = Money.Of(250_000, "USD"), Days1To30 = Money.Of(80_000, "USD") },
            [Invoiced("2025-10-01T00:00Z", 400_000), Invoiced("2025-12-31T15:00Z", 500_000)],
            None with { NotDue = Money.Of(300_000, "USD") },
            new DateOnly(2025, 10, 1),
            new DateOnly(2025, 12, 31));

        Assert.Equal(new CollectionFigures(33.7m, 25.6m, 8.2m, 91.6m), figures.Collection);
        Assert.Equal(24.24m, figures.OverduePercent);
    }

    [Fact]
    public void Only_what_was_invoiced_in_the_three_months_counts_as_sales()
    {
        var figures = MonthEnd(
            None with { NotDue = Money.Of(10, "USD"), NotAnchored = Money.Of(99, "USD") },
            [
                Invoiced("2025-07-31T15:59Z", 1000),
                Invoiced("2025-07-31T16:00Z", 20),
                Invoiced("2025-10-31T15:59Z", 3),
                Invoiced("2025-10-31T16:00Z", 1000),
                Won("D-1", "2025-10-02T00:00Z", 1000),
            ]);

        Assert.Equal(Money.Of(23, "USD"), figures.Sales);
        Assert.Equal(40m, figures.Collection.Dso);
    }

    [Fact]
    public void Without_sales_and_receivables_the_figures_are_not_available()
    {
        var figures = MonthEnd(None, []);

        Assert.Null(figures.OverduePercent);
        Assert.Equal(
            ["n/a", "n/a", "n/a", "n/a", "n/a"],
            KpiCatalog.Of(figures).Where(kpi => kpi.Unit != KpiUnit.Money).Select(kpi => kpi.Text));
    }

    private static Fact Invoiced(string at, decimal amount) =>
        Fact("D-1", FactKind.Invoiced, at, Mei) with { Id = at, Amount = Money.Of(amount, "USD") };
}

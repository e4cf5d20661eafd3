using FsCheck;
using FsCheck.Fluent;
using Workflows.Credit;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Ageing;
using Workflows.Trade;
using static Workflows.Tests.Receivables.Given;

namespace Workflows.Tests.Receivables.Ageing;

public class AgeingRuleTests
{
    private static readonly Policy Policy = PolicyLoader.Default();
    private static readonly DateOnly AsOf = Day("2026-11-30");

    [Theory]
    [InlineData(-1, "NotDue")]
    [InlineData(0, "NotDue")]
    [InlineData(1, "Days1To30")]
    [InlineData(30, "Days1To30")]
    [InlineData(31, "Days31To60")]
    [InlineData(60, "Days31To60")]
    [InlineData(61, "Days61To90")]
    [InlineData(90, "Days61To90")]
    [InlineData(91, "Over90")]
    [InlineData(null, "NotAnchored")]
    public void Each_bucket_ends_where_the_next_begins(int? daysLate, string column)
    {
        var open = Money.Of(100, "USD");
        var figures = AgeingRule.Of(open, Money.Of(0, "USD"), daysLate is { } days ? AsOf.AddDays(-days) : null, AsOf);

        Assert.Equal(open, typeof(AgeingFigures).GetProperty(column)!.GetValue(figures));
        Assert.Equal(open, figures.Open);
    }

    [Fact]
    public void Currencies_stand_by_themselves_and_together_only_in_the_base_currency()
    {
        var sheet = Sheet(
            [Invoice(1_000, AsOf, "USD"), Invoice(1_000, AsOf.AddDays(-5), "EUR"), Invoice(50, AsOf, "KWD")]);

        Assert.Equal(["EUR", "KWD", "USD"], sheet.ByCurrency.Select(row => row.Currency.Code));
        Assert.Equal(Money.Of(1_000, "EUR"), sheet.ByCurrency[0].Figures.Days1To30);
        Assert.Equal(Money.Of(1_080, "USD"), sheet.Base.Days1To30);
        Assert.Equal(Money.Of(1_000, "USD"), sheet.Base.NotDue);
        Assert.Equal(["KWD"], sheet.Unconverted.Select(currency => currency.Code));
    }

    [Fact]
    public void What_was_booked_later_does_not_count_yet()
    {
        var paid = Invoice(1_000, Day("2026-10-31")) with
        {
            Status = InvoiceStatus.Paid,
            Movements =
            [
                new Movement(Day("2026-11-10"), MovementKind.Payment, Money.Of(400, "USD"), "R1", StaffId.System),
                new Movement(Day("2026-12-02"), MovementKind.Payment, Money.Of(600, "USD"), "R2", StaffId.System),
            ],
        };

        Assert.Equal(Money.Of(600, "USD"), Sheet([paid]).Base.Days1To30);
        Assert.Equal(0, AgeingRule.Sheet([paid], [], AgeingDate.Of(Day("2026-12-02")), Policy).Invoices);
    }

    [Fact]
    public void What_was_taken_in_later_does_not_count_in_the_days_before_and_does_in_the_month()
    {
        var paid = Invoice(1_000, Day("2026-10-31")) with
        {
            Movements =
            [
                new Movement(Day("2026-11-10"), MovementKind.Payment, Money.Of(400, "USD"), "R1", StaffId.System)
                {
                    KnownOn = Day("2026-12-02"),
                },
            ],
        };

        Assert.Equal(Money.Of(1_000, "USD"), Sheet([paid]).Base.Days1To30);
        var month = AgeingRule.Sheet([paid], [], new AgeingDate(AsOf, Day("2026-12-03")), Policy);
        Assert.Equal(Money.Of(600, "USD"), month.Base.Days1To30);
    }

    [Fact]
    public void Credit_of_customers_has_its_own_column_and_is_never_netted()
    {
        var balance = new CustomerBalance(
            "R1", new CustomerId("C-1"), new InvoiceId("D-1-I1"), new StaffId("jonas"), "emea", Money.Of(500, "USD"),
            Day("2026-11-20"),
            [new BalanceUse(new InvoiceId("D-1-I2"), Money.Of(200, "USD"), Day("2026-12-05"))]);

        var sheet = AgeingRule.Sheet([Invoice(1_000, AsOf)], [balance], AgeingDate.Of(AsOf), Policy);

        Assert.Equal(Money.Of(500, "USD"), sheet.Base.Balance);
        Assert.Equal(Money.Of(1_000, "USD"), sheet.Base.Open);
        Assert.Equal(Money.Of(300, "USD"), balance.Remaining);
        Assert.Equal("Acme", sheet.ByCustomer.Single().Name);
        Assert.Equal("Jonas Weber", sheet.BySalesperson.Single().Name);
    }

    [Fact]
    public void Buckets_sum_to_what_is_open_in_every_currency_and_for_every_salesperson()
    {
        string[] currencies = ["USD", "EUR", "JPY"];
        string[] owners = ["jonas", "mei", "left"];
        var invoice =
            from amount in Gen.Choose(1, 1_000_000)
            from late in Gen.Choose(-200, 200)
            from anchored in Gen.Choose(0, 4)
            from currency in Gen.Elements(currencies)
            from owner in Gen.Elements(owners)
            select Invoice(
                amount, anchored == 0 ? null : AsOf.AddDays(-late), currency) with
            { Owner = new StaffId(owner) };

        Prop.ForAll(Gen.ListOf(invoice).ToArbitrary(), invoices =>
        {
            var sheet = Sheet([.. invoices]);
            var byCurrency = sheet.ByCurrency.All(row =>
                row.Figures.Open.Amount == invoices.Where(each => each.Amount.Currency == row.Currency)
                    .Sum(each => each.Open.Amount)
                && row.Figures.NotAnchored + row.Figures.NotDue + row.Figures.Overdue == row.Figures.Open);
            var bySalesperson = sheet.BySalesperson.Sum(row => row.Figures.Open.Amount) == sheet.Base.Open.Amount;
            return byCurrency && bySalesperson && sheet.Invoices == invoices.Count;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Collection_figures_of_a_quarter()
    {
        var figures = CollectionFigures.Of(begin: 300_000, sales: 900_000, end: 330_000, endNotDue: 250_000, days: 92);

        Assert.Equal(33.7m, figures.Dso);
        Assert.Equal(25.6m, figures.BestPossibleDso);
        Assert.Equal(91.6m, figures.CollectionEffectiveness);
        Assert.Equal(8.2m, figures.AverageDaysDelinquent);
    }

    [Fact]
    public void Without_sales_there_is_no_figure_and_no_crash() =>
        Assert.Equal(new CollectionFigures(null, null, null, null), CollectionFigures.Of(0, 0, 0, 0, 30));

    private static AgeingSheet Sheet(IReadOnlyList<Invoice> invoices) =>
        AgeingRule.Sheet(invoices, [], AgeingDate.Of(AsOf), Policy);
}

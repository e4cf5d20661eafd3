using Workflows.Facts;
using Workflows.Policies;
using Workflows.Receivables.Ageing;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>
/// Receivables at the end of a month, as they were known when it was first reviewed after its end: kept then, so that
/// due dates and owners that change later do not rewrite the month.
/// </summary>
/// <param name="AsOf">The month's last day, or the present day while it is not over; in the company's zone.</param>
/// <param name="Total">In the base currency.</param>
/// <param name="ByCurrency">Each currency by itself.</param>
/// <param name="Unconverted">Currencies without a rate: missing from every figure in the base currency.</param>
/// <param name="MostOverdue">Customers with the most overdue, at most ten.</param>
/// <param name="SalesFrom">First day of the three months whose sales the collection figures divide by.</param>
/// <param name="Sales">Invoiced in them.</param>
public sealed record ReceivableFigures(
    DateOnly AsOf,
    AgeingFigures Total,
    IReadOnlyList<CurrencyAgeing> ByCurrency,
    IReadOnlyList<Currency> Unconverted,
    IReadOnlyList<ScopeAgeing> BySalesperson,
    IReadOnlyList<ScopeAgeing> ByRegion,
    IReadOnlyList<ScopeAgeing> MostOverdue,
    int OpenInvoices,
    DateOnly SalesFrom,
    Money Sales,
    CollectionFigures Collection)
{
    private const int CustomersShown = 10;

    /// <summary>Overdue, of what has a due date.</summary>
    public decimal? OverduePercent => Ratio.Percent(Total.Overdue.Amount, Total.Due.Amount);

    /// <summary>What a sheet and the sales come to. Pure.</summary>
    /// <param name="end">As of the day.</param>
    /// <param name="begin">As of the day before <paramref name="salesFrom"/>.</param>
    /// <param name="facts">Those of the months whose sales count.</param>
    internal static ReceivableFigures Of(
        AgeingSheet end, AgeingFigures begin, DateOnly salesFrom, IReadOnlyList<Fact> facts, Policy policy)
    {
        // Instalments whose due date is not known are not billed yet: neither the sales nor the receivables count them.
        var sales = facts
            .Where(fact => fact.Kind == FactKind.Invoiced)
            .Where(fact => policy.Company.DayOf(fact.At) is var day && salesFrom <= day && day <= end.AsOf)
            .Sum(fact => FactLog.WithBaseAmount(fact, policy).BaseAmount ?? 0);
        return new ReceivableFigures(
            end.AsOf,
            end.Base,
            end.ByCurrency,
            end.Unconverted,
            end.BySalesperson,
            end.ByRegion,
            [.. end.ByCustomer.Where(customer => customer.Figures.Overdue.Amount > 0).Take(CustomersShown)],
            end.Invoices,
            salesFrom,
            new Money(sales, policy.Company.BaseCurrency),
            CollectionFigures.Of(
                begin.Due.Amount,
                sales,
                end.Base.Due.Amount,
                end.Base.NotDue.Amount,
                end.AsOf.DayNumber - salesFrom.DayNumber + 1));
    }
}

namespace Workflows.Receivables.Ageing;

/// <summary>How well money comes in. Pure; null where it would divide by zero, shown as n/a.</summary>
/// <param name="Dso">Days sales outstanding: ending receivables / credit sales x days.</param>
/// <param name="BestPossibleDso">The same with what is not due only.</param>
/// <param name="AverageDaysDelinquent">The difference of the two.</param>
/// <param name="CollectionEffectiveness">
/// In per cent: (begin + sales - end in all) / (begin + sales - end not due) x 100.
/// </param>
public sealed record CollectionFigures(
    decimal? Dso, decimal? BestPossibleDso, decimal? AverageDaysDelinquent, decimal? CollectionEffectiveness)
{
    /// <summary>The figures of a period; all amounts in one currency, rounded to one decimal.</summary>
    /// <param name="begin">Receivables at its begin.</param>
    /// <param name="sales">Credit sales in it.</param>
    /// <param name="end">Receivables at its end.</param>
    /// <param name="endNotDue">Those of them that were not due.</param>
    /// <param name="days">Days of the period.</param>
    public static CollectionFigures Of(decimal begin, decimal sales, decimal end, decimal endNotDue, int days)
    {
        var (dso, best) = (Share(end, sales) * days, Share(endNotDue, sales) * days);
        return new CollectionFigures(
            Rounded(dso),
            Rounded(best),
            Rounded(dso - best),
            Rounded(Share(begin + sales - end, begin + sales - endNotDue) * 100));
    }

    private static decimal? Share(decimal part, decimal whole) => whole == 0 ? null : part / whole;

    private static decimal? Rounded(decimal? value) =>
        value is { } number ? decimal.Round(number, 1, MidpointRounding.AwayFromZero) : null;
}

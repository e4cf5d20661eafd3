using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>The counted figures, put together. Pure.</summary>
internal static class ReviewComposition
{
    /// <param name="counted">One for each scope of <see cref="ReviewScope.Of"/>, the company's among them.</param>
    public static ReviewReport Compose(
        ReviewPeriod period,
        IReadOnlyList<CountedScope> counted,
        ReceivableFigures receivables,
        IReadOnlyList<LossReason> lossReasons,
        Policy policy)
    {
        var total = counted.Single(scope => scope.Scope.Kind == ScopeKind.Company).Figures;
        var salespeople = Of(ScopeKind.Salesperson);
        return new ReviewReport(
            period.Month.ToString(),
            policy.Company.TimeZone,
            period.IsProvisional,
            period.FactsUntil,
            period.CohortUntil,
            policy.Company.BaseCurrency,
            policy.Version,
            [.. KpiCatalog.Of(total, policy.Company.BaseCurrency), .. KpiCatalog.Of(receivables)],
            total,
            salespeople,
            Of(ScopeKind.Region),
            receivables,
            Funnel(total),
            lossReasons,
            Best(salespeople));

        List<ScopeFigures> Of(ScopeKind kind) =>
            [.. counted
                .Where(scope => scope.Scope.Kind == kind)
                .Select(scope => new ScopeFigures(scope.Scope.Id, scope.Scope.NameFor(policy), scope.Figures))
                .OrderBy(scope => scope.Id.Length == 0)
                .ThenBy(scope => scope.Name, StringComparer.Ordinal)
                .ThenBy(scope => scope.Id, StringComparer.Ordinal)];
    }

    /// <summary>How far the month's own inquiries came.</summary>
    public static IReadOnlyList<FunnelStage> Funnel(SalesFigures figures)
    {
        (string Name, int Count)[] steps =
        [
            ("Received", figures.Received),
            ("Valid", figures.Valid),
            ("Answered", figures.Answered),
            ("Quoted", figures.QuotedInquiries),
            ("Ordered", figures.CohortOrders),
        ];
        return [.. steps.Select((step, i) => new FunnelStage(
            step.Name, step.Count, i == 0 ? null : Ratio.Percent(step.Count, steps[i - 1].Count)))];
    }

    /// <summary>Highest order value won; of equals the one with more orders, then the first by name.</summary>
    public static BestSalesperson? Best(IReadOnlyList<ScopeFigures> salespeople) => salespeople
        .Where(person => person.Id.Length > 0 && person.Figures.OrdersWon > 0)
        .OrderByDescending(person => person.Figures.WonValue.Amount)
        .ThenByDescending(person => person.Figures.OrdersWon)
        .Select(person => new BestSalesperson(
            new StaffId(person.Id), person.Name, person.Figures.OrdersWon, person.Figures.WonValue))
        .FirstOrDefault();
}

/// <summary>The figures of one scope.</summary>
internal sealed record CountedScope(ReviewScope Scope, SalesFigures Figures);

using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>A month's review, as it is kept, mailed and shown. The same facts give the same report.</summary>
/// <param name="Month">As <c>yyyy-MM</c>.</param>
/// <param name="TimeZone">The company's zone, in which the month begins and ends.</param>
/// <param name="IsProvisional">The month was not over when the facts were read.</param>
/// <param name="FactsUntil">Later facts do not count, UTC.</param>
/// <param name="CohortUntil">
/// Until when the month's own inquiries are followed, UTC; before that their figures may still grow.
/// </param>
/// <param name="Currency">All money is in it, by the policy's rates.</param>
/// <param name="Kpis">The figures of the whole company, each with its definition.</param>
/// <param name="Salespeople">By name; an inquiry counts for who held it last. The last one may be nobody.</param>
/// <param name="Best">Highest order value won; null when nobody won an order.</param>
public sealed record ReviewReport(
    string Month,
    string TimeZone,
    bool IsProvisional,
    DateTimeOffset FactsUntil,
    DateTimeOffset CohortUntil,
    Currency Currency,
    string PolicyVersion,
    IReadOnlyList<Kpi> Kpis,
    SalesFigures Total,
    IReadOnlyList<ScopeFigures> Salespeople,
    IReadOnlyList<ScopeFigures> Regions,
    ReceivableFigures Receivables,
    IReadOnlyList<FunnelStage> Funnel,
    IReadOnlyList<LossReason> LossReasons,
    BestSalesperson? Best);

/// <summary>The figures of a region or a salesperson.</summary>
/// <param name="Id">Region or staff id; empty for what belongs to none.</param>
/// <param name="Name">For readers.</param>
public sealed record ScopeFigures(string Id, string Name, SalesFigures Figures);

/// <summary>One step of the way of the month's own inquiries.</summary>
/// <param name="Count">How many came that far.</param>
/// <param name="PercentOfPrevious">Of the step before; null for the first and where that is empty.</param>
public sealed record FunnelStage(string Name, int Count, decimal? PercentOfPrevious);

/// <summary>Why deals were lost.</summary>
/// <param name="Reason">As people wrote it, shortened; hostile text.</param>
public sealed record LossReason(string Reason, int Count);

/// <summary>The month's champion.</summary>
public sealed record BestSalesperson(StaffId Id, string Name, int OrdersWon, Money WonValue);

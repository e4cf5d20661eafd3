using Workflows.Calendars;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;

namespace Workflows.Facts;

/// <summary>
/// The facts of each month, in table <c>Facts</c>: partition is the month in the company's zone, row is the fact's id.
/// A fact written twice is one row, so its <see cref="Fact.At"/> must not move between two writes of the same id.
/// </summary>
public static class FactLog
{
    /// <summary>The table.</summary>
    [Guarded]
    public const string Table = "Facts";

    /// <summary>Writes facts; those without a base amount get it by the policy's rates.</summary>
    public static async Task WriteAsync(
        ITableStore tables, IReadOnlyList<Fact> facts, Policy policy, CancellationToken cancellation)
    {
        var rows = facts
            .Select(fact => WithBaseAmount(fact, policy))
            .DistinctBy(fact => (Month: MonthOf(fact.At, policy.Company), fact.Id))
            .GroupBy(fact => MonthOf(fact.At, policy.Company));
        foreach (var month in rows)
        {
            await tables.UpsertAllAsync(Table, month.Select(fact => ToRow(fact, month.Key)), cancellation);
        }
    }

    /// <summary>Every fact of a month, in the order of their ids.</summary>
    /// <param name="tables">Where.</param>
    /// <param name="month">As <c>yyyy-MM</c>, in the company's zone.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static Task<IReadOnlyList<Fact>> ReadAsync(
        ITableStore tables, string month, CancellationToken cancellation) =>
        tables.ReadListAsync<Fact>(Table, TableQuery.Of(month), cancellation);

    /// <summary>One fact of a month, or null.</summary>
    public static async Task<Fact?> FindAsync(
        ITableStore tables, string month, string id, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, month, id, cancellation))?.Read<Fact>();

    /// <summary>The month of a moment in the company's zone, as <c>yyyy-MM</c>.</summary>
    public static string MonthOf(DateTimeOffset at, CompanyPolicy company) =>
        BusinessCalendar.MonthOf(at, company.Zone()).ToString();

    /// <summary>The fact with its amount in the base currency, by the policy's rates.</summary>
    public static Fact WithBaseAmount(Fact fact, Policy policy) =>
        fact is { BaseAmount: null, Amount: { } amount }
            ? fact with { BaseAmount = policy.Company.ToBase(amount) }
            : fact;

    private static TableRow ToRow(Fact fact, string month) => new TableRow(month, fact.Id)
    {
        ["Kind"] = fact.Kind,
        ["At"] = fact.At,
        ["Salesperson"] = fact.Salesperson?.Value,
        ["Region"] = fact.Region,
    }.With(fact);
}

using Workflows.Credit;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Ageing;

namespace Workflows.Receivables;

/// <summary>Reads receivables as of a day: what was booked later does not count, what is settled since does.</summary>
public sealed class AgeingReport(ITableStore tables, PolicyStore policies, TimeProvider time)
{
    /// <summary>The sheet of a day; null is today in the company's zone.</summary>
    public Task<AgeingSheet> ForAsync(DateOnly? asOf, CancellationToken cancellation) =>
        ReadAsync(tables, policies.Current, asOf ?? policies.Current.Company.DayOf(time.GetUtcNow()), cancellation);

    /// <summary>The same inside an activity, on its own view of the tables.</summary>
    internal static async Task<AgeingSheet> ReadAsync(
        ITableStore tables, Policy policy, DateOnly asOf, CancellationToken cancellation)
    {
        var invoices = new List<Invoice>();
        foreach (var status in Enum.GetValues<InvoiceStatus>())
        {
            invoices.AddRange(await InvoiceRepository.OpenAfterAsync(tables, status, asOf, cancellation));
        }

        // An invoice that changed its status between two of the reads is in both; it counts once.
        var balances = await CustomerBalanceRepository.AllAsync(tables, cancellation);
        return AgeingRule.Sheet([.. invoices.DistinctBy(invoice => invoice.Id)], balances, asOf, policy);
    }
}

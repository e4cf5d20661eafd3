using Workflows.Credit;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Ageing;

namespace Workflows.Receivables;

/// <summary>
/// Reads receivables as of a day: what was booked or taken in later does not count, what is settled since does.
/// </summary>
public sealed class AgeingReport(ITableStore tables, PolicyStore policies, TimeProvider time)
{
    /// <summary>The sheet of a day; null is today in the company's zone.</summary>
    public Task<AgeingSheet> ForAsync(DateOnly? asOf, AgeingCount count, CancellationToken cancellation) => ReadAsync(
        tables, policies.Current, AgeingDate.Of(asOf ?? policies.Current.Company.DayOf(time.GetUtcNow())), count,
        cancellation);

    /// <summary>The same inside an activity, on its own view of the tables.</summary>
    internal static Task<AgeingSheet> ReadAsync(
        ITableStore tables, Policy policy, AgeingDate date, CancellationToken cancellation) =>
        ReadAsync(tables, policy, date, AgeingCount.Everything, cancellation);

    private static async Task<AgeingSheet> ReadAsync(
        ITableStore tables, Policy policy, AgeingDate date, AgeingCount count, CancellationToken cancellation)
    {
        var invoices = new List<Invoice>();
        foreach (var status in Enum.GetValues<InvoiceStatus>())
        {
            invoices.AddRange(await InvoiceRepository.OpenAfterAsync(tables, status, date.Day, cancellation));
        }

        // An invoice that changed its status between two of the reads is in both; it counts once.
        var counted = await CountedAsync(invoices.DistinctBy(invoice => invoice.Id), count.Invoice);
        for (var i = 0; i < counted.Count; i++)
        {
            counted[i] = await WithVersionsAsync(tables, policy, counted[i], cancellation);
        }

        var balances = await CountedAsync(
            await CustomerBalanceRepository.AllAsync(tables, cancellation), count.Balance);
        return AgeingRule.Sheet(counted, balances, date, policy);
    }

    // Only rows from before versions were kept are read twice, and those that still run until they are written next.
    private static async Task<Invoice> WithVersionsAsync(
        ITableStore tables, Policy policy, Invoice invoice, CancellationToken cancellation) =>
        invoice.Versions is null
            ? InvoiceVersions.FromHistory(
                invoice, await InvoiceRepository.HistoryAsync(tables, invoice.Id, cancellation), policy.Company)
            : invoice;

    private static async Task<List<T>> CountedAsync<T>(IEnumerable<T> all, Func<T, Task<bool>> counts)
    {
        var counted = new List<T>();
        foreach (var each in all)
        {
            if (await counts(each))
            {
                counted.Add(each);
            }
        }

        return counted;
    }
}

/// <summary>What counts in an ageing sheet.</summary>
public sealed record AgeingCount(Func<Invoice, Task<bool>> Invoice, Func<CustomerBalance, Task<bool>> Balance)
{
    private static readonly Task<bool> Yes = Task.FromResult(true);

    /// <summary>All that is open.</summary>
    public static AgeingCount Everything { get; } = new(_ => Yes, _ => Yes);
}

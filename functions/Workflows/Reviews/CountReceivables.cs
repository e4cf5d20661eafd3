using Workflows.Activities;
using Workflows.Calendars;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Ageing;

namespace Workflows.Reviews;

/// <summary>Which month, and when it is looked at.</summary>
/// <param name="Now">UTC.</param>
internal sealed record ReceivablesInput(string Month, DateTimeOffset Now);

/// <summary>
/// Counts receivables at the month's end and keeps the figures, once the month is over; keyed by month, the first ones
/// stay. A second run gives those back. Statements come on the next morning: money of the month that was taken in by
/// then counts.
/// </summary>
internal sealed class CountReceivables(
    PolicyStore policies) : BusinessActivity<CountReceivables, ReceivablesInput, ReceivableFigures>
{
    public override async Task<ReceivableFigures> RunAsync(ActivityContext context, ReceivablesInput input)
    {
        var (tables, cancellation, policy) = (context.Tables, context.Stopping, policies.Current);
        var period = MonthFacts.PeriodOf(input.Month, input.Now, policy);
        var today = policy.Company.DayOf(input.Now);
        if (period.IsProvisional)
        {
            return await CountAsync(context, period.Month, AgeingDate.Of(today), policy);
        }

        return await ReviewRepository.FindReceivablesAsync(tables, input.Month, cancellation)
            ?? await ReviewRepository.KeepReceivablesAsync(
                tables,
                input.Month,
                await CountAsync(context, period.Month, new AgeingDate(period.Month.LastDay, today), policy),
                cancellation);
    }

    private static async Task<ReceivableFigures> CountAsync(
        ActivityContext context, Month month, AgeingDate date, Policy policy)
    {
        var (tables, cancellation) = (context.Tables, context.Stopping);
        Month[] months = [month.Previous.Previous, month.Previous, month];
        var facts = await MonthFacts.ReadAsync(tables, months, cancellation);
        var end = await AgeingReport.ReadAsync(tables, policy, date, cancellation);
        return ReceivableFigures.Of(
            end, await BeginAsync(context, months[0].Previous, date.Known, policy), months[0].FirstDay, facts, policy);
    }

    private static async Task<AgeingFigures> BeginAsync(
        ActivityContext context, Month before, DateOnly known, Policy policy)
    {
        var kept = await ReviewRepository.FindReceivablesAsync(context.Tables, before.ToString(), context.Stopping);
        return kept is not null && kept.Total.Due.Currency == policy.Company.BaseCurrency
            ? kept.Total
            : (await AgeingReport.ReadAsync(
                context.Tables, policy, new AgeingDate(before.LastDay, known), context.Stopping)).Base;
    }
}

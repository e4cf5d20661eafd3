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
/// stay. A second run gives those back.
/// </summary>
internal sealed class CountReceivables(
    PolicyStore policies) : BusinessActivity<CountReceivables, ReceivablesInput, ReceivableFigures>
{
    public override async Task<ReceivableFigures> RunAsync(ActivityContext context, ReceivablesInput input)
    {
        var (tables, cancellation, policy) = (context.Tables, context.Stopping, policies.Current);
        var period = MonthFacts.PeriodOf(input.Month, input.Now, policy);
        if (period.IsProvisional)
        {
            return await CountAsync(context, period.Month, policy.Company.DayOf(input.Now), policy);
        }

        return await ReviewRepository.FindReceivablesAsync(tables, input.Month, cancellation)
            ?? await ReviewRepository.KeepReceivablesAsync(
                tables, input.Month, await CountAsync(context, period.Month, period.Month.LastDay, policy),
                cancellation);
    }

    private static async Task<ReceivableFigures> CountAsync(
        ActivityContext context, Month month, DateOnly asOf, Policy policy)
    {
        var (tables, cancellation) = (context.Tables, context.Stopping);
        Month[] months = [month.Previous.Previous, month.Previous, month];
        var facts = await MonthFacts.ReadAsync(tables, months, cancellation);
        var end = await AgeingReport.ReadAsync(tables, policy, asOf, cancellation);
        return ReceivableFigures.Of(
            end, await BeginAsync(context, months[0].Previous, policy), months[0].FirstDay, facts, policy);
    }

    private static async Task<AgeingFigures> BeginAsync(ActivityContext context, Month before, Policy policy)
    {
        var kept = await ReviewRepository.FindReceivablesAsync(context.Tables, before.ToString(), context.Stopping);
        return kept is not null && kept.Total.Due.Currency == policy.Company.BaseCurrency
            ? kept.Total
            : (await AgeingReport.ReadAsync(context.Tables, policy, before.LastDay, context.Stopping)).Base;
    }
}

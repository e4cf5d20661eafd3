using Workflows.Activities;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Reviews;

/// <summary>Whose figures of which month.</summary>
/// <param name="Now">UTC; the same for every scope of a review, so that the parts add up to the whole.</param>
internal sealed record CountInput(string Month, DateTimeOffset Now, ReviewScope Scope);

/// <summary>Counts the facts of one scope. Writes nothing: a second run counts the same.</summary>
internal sealed class CountFigures(PolicyStore policies) : BusinessActivity<CountFigures, CountInput, SalesFigures>
{
    public override async Task<SalesFigures> RunAsync(ActivityContext context, CountInput input)
    {
        var period = MonthFacts.PeriodOf(input.Month, input.Now, policies.Current);
        var facts = await MonthFacts.ReadAsync(context.Tables, period, policies.Current, context.Stopping);
        return ReviewFigures.Of(facts, period, input.Scope, policies.Current);
    }
}

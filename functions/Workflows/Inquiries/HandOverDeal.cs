using Workflows.Activities;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>A deal that changes hands.</summary>
/// <param name="From">Who had it; null when nobody did.</param>
/// <param name="Customer">Whose future inquiries go to the new owner too.</param>
/// <param name="At">When it changes hands, UTC.</param>
public sealed record HandOverInput(
    DealId Deal, StaffId? From, StaffId To, CustomerId Customer, Temperature Temperature, DateTimeOffset At);

/// <summary>
/// Moves a deal from one owner to another, with a first-response clock of its own for the new owner. Keyed by person
/// and deal: a second run finds it moved.
/// </summary>
public sealed class HandOverDeal(
    PolicyStore policies) : BusinessActivity<HandOverDeal, HandOverInput, FirstResponsePlan>
{
    /// <inheritdoc/>
    public override async Task<FirstResponsePlan> RunAsync(ActivityContext context, HandOverInput input)
    {
        await Workload.AddAsync(context.Tables, input.To, input.Deal, context.UtcNow, context.Stopping);
        if (input.From is { } former && former != input.To)
        {
            await Workload.ReleaseAsync(context.Tables, former, input.Deal, context.Stopping);
        }

        await AssignmentRepository.SetOwnerAsync(context.Tables, input.Customer, input.To, context.Stopping);
        return FirstResponse.Plan(input.At, input.Temperature, policies.Current);
    }
}

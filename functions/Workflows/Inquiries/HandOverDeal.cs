using Workflows.Platform;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>A deal that changes hands.</summary>
/// <param name="From">Who had it; null when nobody did.</param>
/// <param name="Customer">Whose future inquiries go to the new owner too; null when still unknown.</param>
public sealed record HandOverInput(DealId Deal, StaffId? From, StaffId To, CustomerId? Customer);

/// <summary>Moves a deal from one desk to another. Keyed by person and deal: a second run finds it moved.</summary>
public sealed class HandOverDeal : Step<HandOverDeal, HandOverInput, Nothing>
{
    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(ActivityContext context, HandOverInput input)
    {
        await Workload.AddAsync(context.Tables, input.To, input.Deal, context.UtcNow, context.Stopping);
        if (input.From is { } former && former != input.To)
        {
            await Workload.ReleaseAsync(context.Tables, former, input.Deal, context.Stopping);
        }

        if (input.Customer is { } customer)
        {
            await AssignmentBook.SetOwnerAsync(context.Tables, customer, input.To, context.Stopping);
        }

        return Nothing.Value;
    }
}

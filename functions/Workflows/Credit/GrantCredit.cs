using Workflows.Activities;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>A credit approval that was given.</summary>
/// <param name="Exposure">The total that was decided on; a higher one is not covered.</param>
internal sealed record GrantInput(DealId Deal, CustomerId Customer, Money Exposure);

/// <summary>
/// Records what was approved and until when it is good, so that the check before shipment need not ask again while
/// nothing got worse. Keyed by deal: a second run writes the same row.
/// </summary>
internal sealed class GrantCredit(PolicyStore policies) : BusinessActivity<GrantCredit, GrantInput, Nothing>
{
    public override async Task<Nothing> RunAsync(ActivityContext context, GrantInput input)
    {
        var policy = policies.Current;
        var sheet = await ExposureRepository.ReadAsync(context.Tables, input.Customer, context.Stopping);
        var asked = sheet.Grants.FirstOrDefault(grant => grant.Deal == input.Deal)
            ?? throw new InvalidOperationException($"No credit decision was asked for {input.Deal}.");
        var granted = asked with
        {
            Exposure = input.Exposure,
            ValidUntil = policy.Company.DayOf(context.UtcNow).AddDays(policy.Credit.ApprovalDays),
        };
        await ExposureRepository.KeepGrantAsync(context.Tables, input.Customer, granted, context.Stopping);
        return Nothing.Value;
    }
}

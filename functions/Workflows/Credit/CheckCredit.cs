using Workflows.Activities;
using Workflows.Customers;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Credit;

/// <summary>
/// Checks credit and, when an order is cleared, counts it at once, so that the next order of the customer sees it.
/// Keyed by customer and deal: a second run leaves the deal's own rows out of the sum and comes to the same answer.
/// </summary>
internal sealed class CheckCredit(PolicyStore policies) : BusinessActivity<CheckCredit, CreditInput, CreditDecision>
{
    public override Task<CreditDecision> RunAsync(ActivityContext context, CreditInput input) =>
        CheckAsync(context, policies.Current, input);

    /// <summary>The same inside another step.</summary>
    public static Task<CreditDecision> CheckAsync(ActivityContext context, Policy policy, CreditInput input) =>
        // Another order of the same customer may be counted between the read and the write: then it is seen with it.
        ConflictRetry.RunAsync(() => TryCheckAsync(context, policy, input));

    private static async Task<CreditDecision> TryCheckAsync(ActivityContext context, Policy policy, CreditInput input)
    {
        var sheet = await ExposureRepository.ReadAsync(context.Tables, input.Customer, context.Stopping);
        var (decision, grounds) = await DecideAsync(context, policy, input, sheet);
        if (decision.Outcome == CreditOutcome.NeedsApproval)
        {
            var asked = new CreditGrant(input.Deal, grounds, decision.Exposure.Total, ValidUntil: null);
            await ExposureRepository.KeepGrantAsync(context.Tables, input.Customer, asked, context.Stopping);
            return decision;
        }

        if (input.Point == CreditCheckPoint.Shipment || sheet.IsBilled(input.Deal))
        {
            return decision;
        }

        var counted = CreditRule.CountedOf(input.Instalments, input.OrderTotal);
        await ExposureRepository.ReserveAsync(
            context.Tables, input.Customer, sheet.Version, input.Deal, counted, context.Stopping);
        return decision;
    }

    private static async Task<(CreditDecision Decision, CreditGrounds Grounds)> DecideAsync(
        ActivityContext context, Policy policy, CreditInput input, ExposureSheet sheet)
    {
        var customer = await CustomerRepository.FindAsync(context.Tables, input.Customer, context.Stopping)
            ?? throw new InvalidOperationException($"There is no customer {input.Customer}.");
        var today = policy.Company.DayOf(context.UtcNow);
        var balances = await CustomerBalanceRepository.OfAsync(context.Tables, input.Customer, context.Stopping);
        var file = new CreditCase(
            input,
            customer,
            sheet.Items,
            [.. balances.Select(balance => balance.RemainingOn(today))],
            sheet.Grants.FirstOrDefault(grant => grant.Deal == input.Deal))
        {
            Defaults = sheet.Defaults,
        };
        return CreditRule.Decide(file, policy, today);
    }
}

using Workflows.Customers;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.Dunning;

/// <summary>Which ladder a customer is on.</summary>
internal static class Ladders
{
    /// <summary>The ladder of the customer's segment; the standard one when the policy has none for it.</summary>
    public static async Task<IReadOnlyList<DunningRung>> OfAsync(
        ITableStore tables, Policy policy, CustomerId id, CancellationToken cancellation)
    {
        var customer = await CustomerRepository.FindAsync(tables, id, cancellation);
        return policy.Dunning.Ladders.TryGetValue(customer?.Segment ?? Customer.StandardSegment, out var ladder)
            ? ladder
            : policy.Dunning.Ladders[Customer.StandardSegment];
    }
}

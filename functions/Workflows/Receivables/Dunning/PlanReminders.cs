using Workflows.Customers;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Payments;
using Workflows.Steps;

namespace Workflows.Receivables.Dunning;

/// <summary>An invoice whose plan is wanted.</summary>
/// <param name="Country">The buyer's, ISO 3166-1 alpha-2.</param>
internal sealed record PlanRemindersInput(Invoice Invoice, string? Country);

/// <summary>The plan, and payments for the invoice that were taken in before its collection could hear of them.</summary>
internal sealed record PlannedReminders(ReminderPlan Plan, IReadOnlyList<PaymentBooked> Waiting);

/// <summary>
/// Works out when what happens to an invoice. In an activity, so that a change of policy or of a zone's clock changes
/// plans to come, not a running one's history. Writes nothing.
/// </summary>
internal sealed class PlanReminders(PolicyStore policies) : Step<PlanReminders, PlanRemindersInput, PlannedReminders>
{
    public override async Task<PlannedReminders> RunAsync(ActivityContext context, PlanRemindersInput input)
    {
        var policy = policies.Current;
        var ladder = await Ladders.OfAsync(context.Tables, policy, input.Invoice.Customer, context.Stopping);
        var plan = ReminderPlan.Of(input.Invoice, ladder, BuyerCalendar.Of(input.Country, policy));
        var waiting = await InvoicePayments.UnbookedAsync(context.Tables, input.Invoice, context.Stopping);
        return new PlannedReminders(plan, waiting);
    }
}

/// <summary>Which ladder a customer is on.</summary>
internal static class Ladders
{
    /// <summary>The ladder of the customer's segment; the standard one when the policy has none for it.</summary>
    public static async Task<IReadOnlyList<DunningStep>> OfAsync(
        ITableStore tables, Policy policy, Trade.CustomerId id, CancellationToken cancellation)
    {
        var customer = await CustomerBook.FindAsync(tables, id, cancellation);
        return policy.Dunning.Ladders.TryGetValue(customer?.Segment ?? Customer.StandardSegment, out var ladder)
            ? ladder
            : policy.Dunning.Ladders[Customer.StandardSegment];
    }
}

using Workflows.Platform;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Orders;

/// <summary>An accepted quotation.</summary>
internal sealed record PlanOrderInput(DealId Deal, Quotation Quotation);

/// <summary>Divides the price by the payment terms. Writes nothing: a second run gives the same plan.</summary>
internal sealed class PlanOrder(PolicyStore policies) : Step<PlanOrder, PlanOrderInput, IReadOnlyList<Instalment>>
{
    public override Task<IReadOnlyList<Instalment>> RunAsync(ActivityContext context, PlanOrderInput input)
    {
        var code = input.Quotation.Draft.PaymentTerms;
        var terms = policies.Current.FindTerms(code)
            ?? throw new InvalidOperationException($"The policy has no payment terms '{code}' any more.");
        return Task.FromResult(PaymentSchedule.Of(input.Quotation.Total, terms));
    }
}

using Workflows.Activities;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>A draft to be priced as a version of a deal's offer.</summary>
/// <param name="Version">From 1, rising with each draft.</param>
public sealed record PriceInput(DealId Deal, int Version, QuotationDraft Draft, StaffId By);

/// <summary>A priced offer and what the policy says of it.</summary>
/// <param name="RemindAt">UTC; not after the offer when there is to be no reminder.</param>
public sealed record PricedQuotation(Quotation Quotation, DiscountDecision Decision, DateTimeOffset RemindAt)
{
    /// <summary>Where the delivery term does not suit the rest of the offer, for people.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>
/// Prices a draft and asks the policy for its discount. Writes nothing: a second run only has a later date.
/// </summary>
public sealed class PriceQuotation(PolicyStore policies) : BusinessActivity<PriceQuotation, PriceInput, PricedQuotation>
{
    /// <inheritdoc/>
    public override Task<PricedQuotation> RunAsync(ActivityContext context, PriceInput input)
    {
        var policy = policies.Current;
        var quotation = QuotationPricing.Price(
            input.Deal, input.Version, input.Draft, input.By, context.UtcNow, policy);
        return Task.FromResult(new PricedQuotation(
            quotation,
            DiscountRule.Decide(quotation, policy),
            QuotationPricing.RemindAt(quotation, policy))
        {
            Warnings = [.. DeliveryRules.Check(input.Draft, policy).Select(finding => finding.Message)],
        });
    }
}

using Workflows.Activities;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>A draft to be priced as a version of a deal's offer.</summary>
/// <param name="Version">From 1, rising with each draft.</param>
/// <param name="Approved">
/// The same version as it was priced, when its approval has ended: it keeps its price and gets the dates of now. Null
/// prices it.
/// </param>
/// <param name="Paused">The first-response clock that has stood meanwhile; null when none has.</param>
/// <param name="Country">
/// The buyer's, where the last day of validity ends; null when it is not known, and in deals that began before offers
/// ended there: they end in the company's zone.
/// </param>
public sealed record PriceInput(
    DealId Deal,
    int Version,
    QuotationDraft Draft,
    StaffId By,
    PricedQuotation? Approved = null,
    PausedClock? Paused = null,
    string? Country = null);

/// <summary>A priced offer and what the policy says of it.</summary>
/// <param name="RemindAt">UTC; not after the offer when there is to be no reminder.</param>
public sealed record PricedQuotation(Quotation Quotation, DiscountDecision Decision, DateTimeOffset RemindAt)
{
    /// <summary>Where the delivery term does not suit the rest of the offer, for people.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The first-response clock as it runs on from now; null when it has not stood.</summary>
    public FirstResponsePlan? Clock { get; init; }
}

/// <summary>
/// Prices a draft and asks the policy for its discount, or dates a priced one again. Writes nothing: a second run only
/// has a later date.
/// </summary>
public sealed class PriceQuotation(PolicyStore policies) : BusinessActivity<PriceQuotation, PriceInput, PricedQuotation>
{
    /// <inheritdoc/>
    public override async Task<PricedQuotation> RunAsync(ActivityContext context, PriceInput input)
    {
        var (policy, now) = (policies.Current, context.UtcNow);
        var priced = input.Approved is { } approved
            ? GoingOut(approved, now, policy, ZoneOf(input, policy))
            : Price(input, await ListPrices.BeforeAsync(context.Tables, input.Draft, context.Stopping), now, policy);
        return priced with
        {
            Clock = input.Paused is { } paused ? FirstResponse.Resume(paused, now, policy) : null,
        };
    }

    private static PricedQuotation Price(
        PriceInput input, IReadOnlyList<decimal?> before, DateTimeOffset now, Policy policy)
    {
        var quotation = QuotationPricing.Against(
            QuotationPricing.Price(
                input.Deal, input.Version, input.Draft, input.By, now, policy, ZoneOf(input, policy)),
            before);
        return new PricedQuotation(
            quotation, DiscountRule.Decide(quotation, policy), QuotationPricing.RemindAt(quotation, policy))
        {
            Warnings = [.. DeliveryRules.Check(input.Draft, policy).Select(finding => finding.Message)],
        };
    }

    private static TimeZoneInfo ZoneOf(PriceInput input, Policy policy) =>
        BuyerZones.Of(input.Country, policy.Company.Zone());

    private static PricedQuotation GoingOut(
        PricedQuotation approved, DateTimeOffset now, Policy policy, TimeZoneInfo zone)
    {
        var quotation = QuotationPricing.GoingOut(approved.Quotation, now, zone);
        return approved with
        {
            Quotation = quotation,
            RemindAt = QuotationPricing.RemindAt(quotation, policy),
        };
    }
}

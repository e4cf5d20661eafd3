using Workflows.Lifecycle;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Signals;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Quotations;

/// <summary>An offer to the buyer.</summary>
/// <param name="Lines">At least one, all in one currency.</param>
/// <param name="Delivery">The delivery term with its named place.</param>
/// <param name="PaymentTerms">Code of the policy's payment terms, such as <c>TT30-70BL</c>.</param>
/// <param name="DiscountPercent">Off the list total, 0 to 100.</param>
/// <param name="ValidityDays">
/// Calendar days from the day it goes out, in the company's zone; left out, the policy's.
/// </param>
/// <param name="Note">To the buyer.</param>
internal sealed record QuotationRequest(
    IReadOnlyList<QuotationLineRequest> Lines,
    DeliveryRequest Delivery,
    [Line(40)] string PaymentTerms,
    [Between(0, 100)] decimal DiscountPercent = 0,
    [Between(1, 365)] int? ValidityDays = null,
    [Paragraph(2000)] string? Note = null)
{
    public QuotationDraft ToDraft() => new(
        Lines[0].ListPrice.Currency,
        [.. Lines.Select(line => line.ToLine())],
        DiscountPercent,
        new DeliveryTerm(Delivery.Incoterm, Delivery.Place),
        PaymentTerms,
        ValidityDays,
        Note);
}

/// <summary>One line of an offer.</summary>
/// <param name="ListPrice">Per unit, before discount. Lower than in offers before, it counts as a discount.</param>
/// <param name="UnitCost">Ours, per unit; left out, the margin is unknown and an approver is asked.</param>
internal sealed record QuotationLineRequest(
    [Line(64)] string Sku,
    [Line(200)] string Description,
    [Positive] decimal Quantity,
    [Line(20)] string Unit,
    [Positive, PerUnit, FormField("price")] Money ListPrice,
    [PerUnit, FormField("cost")] Money? UnitCost = null)
{
    public QuotationLine ToLine() => new(Sku, Description, Quantity, Unit, ListPrice.Amount, UnitCost?.Amount);
}

/// <summary>A delivery term of Incoterms 2020.</summary>
/// <param name="Place">The named place or port.</param>
internal sealed record DeliveryRequest(Incoterm Incoterm, [Line(120)] string Place);

/// <summary>Offers to buyers.</summary>
internal sealed class QuotationCommands(DealService deals, PolicyStore policies)
{
    /// <exception cref="ProblemException">422.</exception>
    public Task<SignalReceipt<Deal>> OfferAsync(
        DealId id, QuotationRequest request, Submission submission, CancellationToken cancellation)
    {
        Check(request, policies.Current);
        return deals.SignalAsync(
            id, new QuotationOffered(submission.Id, submission.By, request.ToDraft()), cancellation);
    }

    private static void Check(QuotationRequest request, Policy policy)
    {
        var errors = new SemanticErrors()
            .Check(request.Lines.Count is > 0 and <= 100, "/lines", "1 to 100 lines.", ProblemType.OutOfRange)
            .Check(policy.FindTerms(request.PaymentTerms) is not null, "/paymentTerms",
                $"Must be one of {string.Join(", ", policy.PaymentTerms.Select(terms => terms.Code))}.",
                ProblemType.ChoiceInvalid)
            .Check(request.ValidityDays is not { } days || days <= policy.Quotations.MaxValidityDays, "/validityDays",
                $"At most {policy.Quotations.MaxValidityDays} days.", ProblemType.OutOfRange);
        for (var i = 0; i < request.Lines.Count; i++)
        {
            var line = request.Lines[i];
            errors
                .Check(line.ListPrice.Currency == request.Lines[0].ListPrice.Currency, $"/lines/{i}/listPrice/currency",
                    "All lines must be in one currency.", ProblemType.CurrencyInvalid)
                .Check(
                    line.UnitCost is not { } cost || cost.Currency == line.ListPrice.Currency,
                    $"/lines/{i}/unitCost/currency", "Must be the list price's currency.", ProblemType.CurrencyInvalid);
        }

        errors.ThrowIfAny();
        foreach (var finding in QuotationRules.Check(request.ToDraft(), policy).Where(finding => !finding.IsWarning))
        {
            errors.Check(isFine: false, PointerOf(finding.Path), finding.Message, ProblemType.OutOfRange);
        }

        errors.ThrowIfAny();
    }

    // The draft has its currency and prices apart; the request has them together.
    private static string PointerOf(string path) => path switch
    {
        "/currency" => "/lines/0/listPrice/currency",
        _ when path.EndsWith("/listPrice", StringComparison.Ordinal)
            || path.EndsWith("/unitCost", StringComparison.Ordinal) => path + "/amount",
        _ => path,
    };
}

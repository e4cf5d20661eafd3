using Workflows.Customers;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>An inquiry to look at for the first time.</summary>
public sealed record QualifyInput(DealId Deal, Inquiry Inquiry);

/// <summary>
/// The first look: who the buyer is, how promising, spam or a repetition. Its rows are keyed by customer and deal: a
/// second run writes the same ones and finds the same answer.
/// </summary>
public sealed class QualifyInquiry(PolicyStore policies) : Step<QualifyInquiry, QualifyInput, Qualification>
{
    /// <inheritdoc/>
    public override async Task<Qualification> RunAsync(ActivityContext context, QualifyInput input)
    {
        var policy = policies.Current;
        var (deal, inquiry) = input;
        var identity = BuyerIdentity.Of(inquiry.Buyer, policy.Scoring.FreeMailDomains);
        var customer = await CustomerBook.FindOrCreateAsync(
            context.Tables, inquiry.Buyer, identity, inquiry.Language, context.UtcNow, context.Stopping);
        var isRepeat = await CustomerBook.HasOrderedAsync(context.Tables, customer.Id, deal, context.Stopping);
        var original = await InquiryIndex.FindOpenAsync(
            context.Tables, customer.Id, deal, identity.Email, inquiry, context.Stopping);
        var score = Scoring.Of(inquiry, identity, isRepeat, policy);
        var (verdict, reason) = Judge(inquiry, score, original, policy.Scoring);
        if (verdict == InquiryVerdict.Serious)
        {
            await InquiryIndex.RememberAsync(
                context.Tables, customer.Id, deal, identity.Email, inquiry, context.Stopping);
        }

        return new Qualification(
            verdict,
            reason,
            verdict == InquiryVerdict.Duplicate ? original : null,
            customer.Id,
            isRepeat,
            policy.RegionOf(inquiry.Buyer.Country).Id,
            score,
            policy.Version);
    }

    /// <summary>Whether the inquiry goes on, and why not. Spam goes before duplicate: it must not feed a real deal.</summary>
    public static (InquiryVerdict Verdict, string? Reason) Judge(
        Inquiry inquiry, Score score, DealId? original, ScoringPolicy weights)
    {
        if (inquiry.SpamFlag)
        {
            return (InquiryVerdict.Spam, "The platform marked it as spam.");
        }

        if (score.Value < weights.RejectBelow)
        {
            return (InquiryVerdict.Spam, $"Score {score.Value} is below {weights.RejectBelow}: {string.Join("; ", score.Reasons)}.");
        }

        return original is { } deal
            ? (InquiryVerdict.Duplicate, $"The same buyer has asked the same in {deal}, which is still open.")
            : (InquiryVerdict.Serious, null);
    }
}

using Workflows.Activities;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>An inquiry to look at for the first time.</summary>
/// <param name="Inquiry">Word for word.</param>
/// <param name="MessageId">The source's id of the message that brought it.</param>
/// <param name="Again">Why it is looked at again; null at the first look, and in histories of before.</param>
public sealed record QualifyInput(DealId Deal, Inquiry Inquiry, string MessageId, SecondLook? Again = null);

/// <summary>Why an inquiry is looked at again. It is serious then, whatever the score.</summary>
public enum SecondLook
{
    /// <summary>A person says so, after it was rejected.</summary>
    Reinstated,

    /// <summary>Its deal began with a message, and now the inquiry has come.</summary>
    Completed,
}

/// <summary>What the first look found, and the terms that the deal runs under.</summary>
/// <param name="Unacknowledged">
/// Why a serious inquiry was not acknowledged; null when it was, and in histories of before there was a limit.
/// </param>
/// <param name="Question">What a person must say of the customer; null when there is no question.</param>
public sealed record QualifiedInquiry(
    Qualification Found,
    DealTerms Terms,
    AcknowledgementLimit? Unacknowledged = null,
    CustomerQuestion? Question = null);

/// <summary>
/// The first look: keeps the inquiry word for word, finds who the buyer is, how promising it is, spam or a
/// repetition, and acknowledges it when it is serious and within the day's limits. Its rows and its mail are keyed by
/// customer and deal: a second run writes the same ones and finds the same answer.
/// </summary>
public sealed class QualifyInquiry(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : BusinessActivity<QualifyInquiry, QualifyInput, QualifiedInquiry>
{
    private readonly InquiryNotices _notices = new(policies, composer, address);

    /// <inheritdoc/>
    public override async Task<QualifiedInquiry> RunAsync(ActivityContext context, QualifyInput input)
    {
        var (deal, inquiry, messageId, again) = input;
        if (again is null)
        {
            await InquiryRepository.KeepAsync(context.Tables, deal, inquiry, messageId, context.Stopping);
        }
        else
        {
            inquiry = await InquiryRepository.CompleteAsync(context.Tables, deal, inquiry, context.Stopping);
            await DoorNews.RemoveAsync(context.Tables, DoorItemKind.Refused, deal.Value, context.Stopping);
        }

        var policy = policies.Current;
        var (found, question) = await LookAsync(context, policy, deal, inquiry, again);
        var limit = found.Verdict == InquiryVerdict.Serious
            ? await _notices.AcknowledgeAsync(context, deal, inquiry)
            : null;
        var terms = new DealTerms(
            policy.Version, policy.Quotations.SilenceDays, policy.Quotations.MaxRounds, DealTerms.Present);
        if (found.Verdict == InquiryVerdict.Spam)
        {
            var refused = RefusedItem(deal, inquiry, found, context.UtcNow);
            await DoorNews.AddAsync(context.Tables, refused, context.Stopping);
        }
        else if (question is not null)
        {
            await _notices.AskAsync(context, new InquirySubject(deal, inquiry, found.Score), found.Region, question);
        }

        return new QualifiedInquiry(found, terms, limit, question);
    }

    /// <summary>
    /// Whether the inquiry goes on, and why not. Spam goes before duplicate: it must not feed a real deal.
    /// </summary>
    public static (InquiryVerdict Verdict, string? Reason) Judge(
        Inquiry inquiry, Score score, DealId? original, ScoringPolicy weights)
    {
        if (inquiry.SpamFlag)
        {
            return (InquiryVerdict.Spam, "The platform marked it as spam.");
        }

        if (score.Value < weights.RejectBelow)
        {
            return (
                InquiryVerdict.Spam,
                $"Score {score.Value} is below {weights.RejectBelow}: {string.Join("; ", score.Reasons)}.");
        }

        return original is { } deal
            ? (InquiryVerdict.Duplicate, $"The same buyer has asked the same in {deal}, which is still open.")
            : (InquiryVerdict.Serious, null);
    }

    private static DoorItem RefusedItem(DealId deal, Inquiry inquiry, Qualification found, DateTimeOffset now) => new(
        DoorItemKind.Refused,
        deal.Value,
        found.Region,
        $"{inquiry.Buyer.Company ?? inquiry.Buyer.Name}: {InquiryText.What(inquiry)}".ShortenedLine(),
        (found.Reason ?? "").ShortenedLine(),
        inquiry.Message.ShortenedLine(),
        now);

    private static async Task<(Qualification Found, CustomerQuestion? Question)> LookAsync(
        ActivityContext context, Policy policy, DealId deal, Inquiry inquiry, SecondLook? again)
    {
        var (tables, cancellation) = (context.Tables, context.Stopping);
        var identity = BuyerIdentity.Of(inquiry.Buyer, policy.Scoring.FreeMailDomains);
        var (customer, namesake) = await CustomerRecognition.FindOrCreateAsync(
            tables, inquiry.Buyer, identity, inquiry.Language, context.UtcNow, cancellation);
        var isRepeat = await CustomerRepository.HasOrderedAsync(tables, customer.Id, deal, cancellation);
        var before = await InquiryIndex.LookAsync(
            tables, customer.Id, deal, identity.Email, inquiry, IsOpenAsync, cancellation);
        var score = Scoring.Of(inquiry, identity, isRepeat, policy);
        // What an earlier run remembered, it may have acknowledged: it stays serious.
        var (verdict, reason) = before.IsRemembered || again is not null
            ? (InquiryVerdict.Serious, null)
            : Judge(inquiry, score, before.Original, policy.Scoring);
        if (verdict == InquiryVerdict.Serious && (!before.IsRemembered || again is not null))
        {
            await InquiryIndex.RememberAsync(tables, customer.Id, deal, identity.Email, inquiry, cancellation);
        }

        var found = new Qualification(
            verdict,
            reason,
            verdict == InquiryVerdict.Duplicate ? before.Original : null,
            customer.Id,
            isRepeat,
            policy.RegionOf(inquiry.Buyer.Country).Id,
            score,
            policy.Version);
        return (found, namesake is null
            ? null
            : new CustomerQuestion(customer.Id, customer.Name, namesake.Id, namesake.Name));

        // Who has ordered and asks for the same again wants more of it.
        async Task<bool> IsOpenAsync(DealId other) =>
            await DealRepository.FindAsync(tables, other, cancellation)
                is not ({ HasEnded: true } or { Accepted: not null });
    }
}

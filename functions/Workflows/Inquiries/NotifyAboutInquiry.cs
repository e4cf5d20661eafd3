using Workflows.Calendars;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>What people are told of an inquiry.</summary>
public enum InquiryNoticeKind
{
    /// <summary>To the buyer: it is here. Once per deal.</summary>
    Acknowledge,

    /// <summary>To the owner: it is yours.</summary>
    Assigned,

    /// <summary>To the manager: it is nobody's.</summary>
    Unassigned,

    /// <summary>To the owner: the buyer waits.</summary>
    Nudge,

    /// <summary>To the manager: the buyer waits too long.</summary>
    Escalate,

    /// <summary>To the new owner and the manager: it changed hands.</summary>
    Reassigned,

    /// <summary>To the manager: offers and counter-offers go on and on.</summary>
    ManyRounds,

    /// <summary>To the owner: the buyer wrote again.</summary>
    BuyerWrote,
}

/// <summary>Something to tell about an inquiry. Kinds whose reader is null tell nobody.</summary>
/// <param name="DueAt">When the first answer is due, UTC.</param>
public sealed record InquiryNotice(
    DealId Deal,
    InquiryNoticeKind Kind,
    Inquiry Inquiry,
    Score? Score,
    StaffId? Owner,
    StaffId? Manager,
    DateTimeOffset? DueAt);

/// <summary>
/// Sends the mails of an inquiry. Their ids follow from the step (the acknowledgement's from the deal), so that a second
/// run sends nothing twice.
/// </summary>
public sealed class NotifyAboutInquiry(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : Step<NotifyAboutInquiry, InquiryNotice, Nothing>
{
    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(ActivityContext context, InquiryNotice input)
    {
        if (input.Kind == InquiryNoticeKind.Acknowledge)
        {
            await AcknowledgeAsync(context, input);
            return Nothing.Value;
        }

        foreach (var reader in ReadersOf(input).OfType<StaffId>().Distinct())
        {
            if (policies.Current.FindStaff(reader) is { } member)
            {
                var mail = await composer.ComposeAsync(
                    $"{StepKey.Of(context)}:{reader}",
                    input.Deal.Value,
                    new MailParty(member.Email, member.Name),
                    Compose(input, member),
                    InquiryText.Party(input.Inquiry.Buyer));
                await context.Mail.EnqueueAsync(mail, context.Stopping);
            }
        }

        return Nothing.Value;
    }

    private async Task AcknowledgeAsync(ActivityContext context, InquiryNotice input)
    {
        var company = policies.Current.Company;
        var buyer = input.Inquiry.Buyer;
        var letter = BuyerLetter.For(
            input.Inquiry.Language, buyer.Name, InquiryText.What(input.Inquiry), input.Deal.Value);
        var mail = await composer.ComposeAsync(
            $"{input.Deal}:acknowledged",
            input.Deal.Value,
            InquiryText.Party(buyer),
            new InquiryAcknowledged(input.Deal, letter, company.Name, company.Address),
            new MailParty(company.Email, company.Name));
        await context.Mail.EnqueueAsync(mail, context.Stopping);
    }

    private static StaffId?[] ReadersOf(InquiryNotice notice) => notice.Kind switch
    {
        InquiryNoticeKind.Unassigned or InquiryNoticeKind.Escalate or InquiryNoticeKind.ManyRounds => [notice.Manager],
        InquiryNoticeKind.Reassigned => [notice.Owner, notice.Manager],
        _ => [notice.Owner],
    };

    private IMail Compose(InquiryNotice notice, StaffMember reader)
    {
        var brief = InquiryText.Brief(notice.Deal, notice.Inquiry, notice.Score, address);
        var due = notice.DueAt;
        var dueText = due is { } at ? LocalTime.Text(at, policies.Current.Company.Zone()) : null;
        var owner = notice.Owner is { } id ? policies.Current.NameOf(id) : null;
        return notice.Kind switch
        {
            InquiryNoticeKind.Assigned => new InquiryAssigned(reader.Name, brief, due, dueText),
            InquiryNoticeKind.Unassigned => new InquiryUnassigned(reader.Name, brief, due, dueText),
            InquiryNoticeKind.Nudge => new InquiryNudge(reader.Name, brief, due, dueText),
            InquiryNoticeKind.Escalate => new InquiryEscalated(reader.Name, brief, owner, due, dueText),
            InquiryNoticeKind.Reassigned => new InquiryReassigned(reader.Name, brief, owner, due, dueText),
            InquiryNoticeKind.ManyRounds => new ManyCounterOffers(reader.Name, brief, owner),
            InquiryNoticeKind.BuyerWrote => new BuyerWroteAgain(reader.Name, brief),
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "Not for staff."),
        };
    }
}

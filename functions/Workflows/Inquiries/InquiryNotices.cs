using Workflows.Approvals;
using Workflows.Calendars;
using Workflows.Customers;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>What staff are notified of about an inquiry.</summary>
public enum InquiryNoticeKind
{
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

    /// <summary>
    /// To the owner: the buyer wrote again. Histories hold it; the mail is sent for the timeline's entry of the
    /// message.
    /// </summary>
    BuyerWrote,
}

/// <summary>A notice about an inquiry. Kinds whose reader is null go to nobody.</summary>
/// <param name="Owner">Whose it was at the time of the notice.</param>
/// <param name="DueAt">When the first answer is due, UTC.</param>
public sealed record InquiryNotice(InquiryNoticeKind Kind, StaffId? Owner, StaffId? Manager, DateTimeOffset? DueAt);

/// <summary>The inquiry that a notice is about.</summary>
/// <param name="Score">Null before it was looked at.</param>
public sealed record InquirySubject(DealId Deal, Inquiry Inquiry, Score? Score);

/// <summary>
/// Sends the mails of an inquiry. Their ids follow from the deal or from a key that is given: each goes out once.
/// </summary>
internal sealed class InquiryNotices(PolicyStore policies, IMailComposer composer, PublicAddress address)
{
    /// <summary>
    /// Confirms the inquiry to the address in it, once per deal, within the day's limits. The sender of the inquiry may
    /// have written another person's address into it: our own words come first, and theirs are shown as such.
    /// </summary>
    /// <returns>The limit that keeps it from being confirmed; null when it was.</returns>
    public async Task<AcknowledgementLimit?> AcknowledgeAsync(ActivityContext context, DealId deal, Inquiry inquiry)
    {
        var policy = policies.Current;
        if (await AcknowledgementQuota.TakeAsync(context, policy, deal, inquiry) is { } limit)
        {
            return limit;
        }

        var company = policy.Company;
        var mail = await composer.ComposeAsync(
            $"{deal}:acknowledged",
            deal.Value,
            Recipient.Buyer(new MailParty(inquiry.Buyer.Email, Name: "")),
            new InquiryAcknowledged(
                deal, BuyerLetter.For(inquiry.Language, deal.Value), InquiryText.Quoted(inquiry), company.Name,
                company.Address),
            new MailParty(company.Email, company.Name));
        await context.Mail.EnqueueAsync(mail, context.Stopping);
        return null;
    }

    /// <summary>Asks the region's manager about two customers at one mail domain, once for the second one.</summary>
    public async Task AskAsync(
        ActivityContext context, InquirySubject subject, string region, CustomerQuestion question)
    {
        var policy = policies.Current;
        var manager = ApproverRule.ManagerOf(policy, region, policy.Company.DayOf(context.UtcNow));
        if (policy.FindStaff(manager) is { } member)
        {
            var brief = InquiryText.Brief(subject.Deal, subject.Inquiry, subject.Score, address);
            var mail = await composer.ComposeAsync(
                $"customer-questioned:{question.Customer}",
                subject.Deal.Value,
                member.Recipient(),
                new CustomerInQuestion(member.Name, brief, question),
                replyTo: null);
            await context.Mail.EnqueueAsync(mail, context.Stopping);
        }
    }

    /// <summary>
    /// Notifies staff, each reader once per key. Where none of them is of the policy any more, the present manager is
    /// notified.
    /// </summary>
    public async Task SendAsync(ActivityContext context, InquirySubject subject, InquiryNotice notice, string key)
    {
        var policy = policies.Current;
        List<StaffMember> readers =
            [.. ReadersOf(notice).OfType<StaffId>().Distinct().Select(policy.FindStaff).OfType<StaffMember>()];
        if (readers.Count == 0)
        {
            var region = policy.RegionOf(subject.Inquiry.Buyer.Country).Id;
            var manager = ApproverRule.ManagerOf(policy, region, policy.Company.DayOf(context.UtcNow));
            readers = [.. policy.Staff.Where(member => member.Id == manager)];
        }

        foreach (var member in readers)
        {
            var mail = await composer.ComposeAsync(
                $"{key}:{member.Id}",
                subject.Deal.Value,
                member.Recipient(),
                Compose(subject, notice, member),
                InquiryText.Party(subject.Inquiry.Buyer));
            await context.Mail.EnqueueAsync(mail, context.Stopping);
        }
    }

    private static StaffId?[] ReadersOf(InquiryNotice notice) => notice.Kind switch
    {
        InquiryNoticeKind.Unassigned or InquiryNoticeKind.Escalate or InquiryNoticeKind.ManyRounds => [notice.Manager],
        InquiryNoticeKind.Reassigned => [notice.Owner, notice.Manager],
        _ => [notice.Owner],
    };

    private IMail Compose(InquirySubject subject, InquiryNotice notice, StaffMember reader)
    {
        var brief = InquiryText.Brief(subject.Deal, subject.Inquiry, subject.Score, address);
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
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "Not a kind of notice."),
        };
    }
}

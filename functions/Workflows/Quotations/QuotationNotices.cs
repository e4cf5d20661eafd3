using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>What people are notified of about an offer.</summary>
public enum QuotationNoticeKind
{
    /// <summary>To the buyer: here it is.</summary>
    Offer,

    /// <summary>To the buyer: it ends soon.</summary>
    ExpiryReminder,

    /// <summary>To the owner: it has ended.</summary>
    Expired,

    /// <summary>To the owner: it may not go out.</summary>
    DiscountRefused,
}

/// <summary>A notice about an offer.</summary>
/// <param name="Owner">Who signs it, or is notified.</param>
/// <param name="Reason">Why a discount was refused; null for other kinds, and when none was given.</param>
public sealed record QuotationNotice(Quotation Quotation, StaffId Owner, QuotationNoticeKind Kind, string? Reason);

/// <summary>
/// Sends the mails about an offer. Their ids are the offer's number and the kind: each version goes out once, whichever
/// process asks again.
/// </summary>
internal sealed class QuotationNotices(PolicyStore policies, IMailComposer composer, PublicAddress address)
{
    /// <summary>Sends one.</summary>
    public async Task SendAsync(ActivityContext context, DealId deal, Inquiry inquiry, QuotationNotice notice)
    {
        var company = policies.Current.Company;
        var seller = policies.Current.FindStaff(notice.Owner)?.Party() ?? new MailParty(company.Email, company.Name);
        var toBuyer = notice.Kind is QuotationNoticeKind.Offer or QuotationNoticeKind.ExpiryReminder;
        var buyer = InquiryText.Party(inquiry.Buyer);
        var mail = await composer.ComposeAsync(
            $"{notice.Quotation.Number}:{notice.Kind}",
            deal.Value,
            toBuyer ? Recipient.Buyer(buyer) : new Recipient(seller, notice.Owner.Value),
            Compose(deal, inquiry, notice, seller),
            toBuyer ? seller : buyer);
        await context.Mail.EnqueueAsync(mail, context.Stopping);
    }

    private IMail Compose(DealId deal, Inquiry inquiry, QuotationNotice notice, MailParty seller)
    {
        var sheet = QuotationText.Sheet(notice.Quotation, inquiry.Buyer, seller, policies.Current);
        var link = address.Link($"/deals/{deal}");
        return notice.Kind switch
        {
            QuotationNoticeKind.Offer => new QuotationOffer(sheet),
            QuotationNoticeKind.ExpiryReminder => new QuotationExpiryReminder(sheet),
            QuotationNoticeKind.Expired => new QuotationExpired(seller.Name, sheet, link),
            QuotationNoticeKind.DiscountRefused => new DiscountRefused(
                seller.Name,
                sheet,
                notice.Reason ?? "no reason given",
                link),
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "Not a kind of notice."),
        };
    }
}

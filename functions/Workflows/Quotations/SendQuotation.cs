using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>Mails about an offer.</summary>
public enum QuotationMailKind
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

/// <summary>A mail about an offer.</summary>
/// <param name="Reason">Why a discount was refused; null for the other kinds.</param>
public sealed record QuotationMailInput(
    DealId Deal, Quotation Quotation, Inquiry Inquiry, StaffId Owner, QuotationMailKind Kind, string? Reason = null);

/// <summary>
/// Sends a mail about an offer. Its id is the offer's number and the kind: each version goes out once, whoever asks again.
/// </summary>
public sealed class SendQuotation(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : Step<SendQuotation, QuotationMailInput, Nothing>
{
    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(ActivityContext context, QuotationMailInput input)
    {
        var policy = policies.Current;
        var company = policy.Company;
        var seller = policy.FindStaff(input.Owner);
        var sellerParty = seller is null
            ? new MailParty(company.Email, company.Name)
            : new MailParty(seller.Email, seller.Name);
        var toBuyer = input.Kind is QuotationMailKind.Offer or QuotationMailKind.ExpiryReminder;
        var buyer = InquiryText.Party(input.Inquiry.Buyer);
        var mail = await composer.ComposeAsync(
            $"{input.Quotation.Number}:{input.Kind}",
            input.Deal.Value,
            toBuyer ? buyer : sellerParty,
            Compose(input, sellerParty),
            toBuyer ? sellerParty : buyer);
        await context.Mail.EnqueueAsync(mail, context.Stopping);
        return Nothing.Value;
    }

    private IMail Compose(QuotationMailInput input, MailParty seller)
    {
        var sheet = QuotationText.Sheet(input.Quotation, input.Inquiry.Buyer, seller, policies.Current);
        var link = address.Link($"/deals/{input.Deal}");
        return input.Kind switch
        {
            QuotationMailKind.Offer => new QuotationOffer(sheet),
            QuotationMailKind.ExpiryReminder => new QuotationExpiryReminder(sheet),
            QuotationMailKind.Expired => new QuotationExpired(seller.Name, sheet, link),
            QuotationMailKind.DiscountRefused => new DiscountRefused(
                seller.Name,
                sheet,
                input.Reason ?? string.Join(" ", DiscountRule.Decide(input.Quotation, policies.Current).Reasons),
                link),
            _ => throw new ArgumentOutOfRangeException(nameof(input), input.Kind, "Not a kind of quotation mail."),
        };
    }
}

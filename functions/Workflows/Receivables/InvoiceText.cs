using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>How a receivable is put into words.</summary>
internal static class InvoiceText
{
    /// <summary>The invoice as mails show it.</summary>
    /// <param name="today">In the buyer's zone.</param>
    public static InvoiceLine Line(Invoice invoice, DateOnly today, Money? interest = null) => new(
        invoice.Id,
        invoice.Number,
        invoice.Name,
        invoice.Order,
        invoice.PurchaseOrder,
        invoice.Due,
        invoice.Due is { } due ? today.DayNumber - due.DayNumber : 0,
        invoice.Amount,
        invoice.Paid,
        invoice.Open,
        invoice.Disputed,
        invoice.Claimed,
        interest);

    /// <summary>Who signs.</summary>
    public static SellerBlock Seller(Policy policy, StaffId owner)
    {
        var member = policy.FindStaff(owner);
        return new SellerBlock(
            policy.Company.Name,
            policy.Company.Address,
            member?.Name ?? policy.Company.Name,
            member?.Email ?? policy.Company.Email,
            policy.Company.BankDetails);
    }

    /// <summary>The buyer as a mail's party; a name from outside is made one line.</summary>
    public static MailParty Party(BillTo to) =>
        new(to.Email, string.Concat(to.Name.Select(c => char.IsControl(c) ? ' ' : c)).Trim());

    /// <summary>What a due date follows from.</summary>
    public static string DueReason(DueBasis basis, int offsetDays)
    {
        var what = Basis(basis);
        return offsetDays switch
        {
            0 => $"due at once with {what}",
            1 => $"1 day after {what}",
            _ => $"{offsetDays} days after {what}",
        };
    }

    /// <summary>What has to happen before an invoice is due.</summary>
    public static string Basis(DueBasis basis) => basis switch
    {
        DueBasis.Order => "the order",
        DueBasis.Production => "the end of production",
        DueBasis.BillOfLading => "the bill of lading",
        _ => "the delivery",
    };

    /// <summary>What waits for the payment.</summary>
    public static string? HoldsBack(Prerequisite? prerequisite) => prerequisite switch
    {
        Prerequisite.Production => "Production starts when this payment is in.",
        Prerequisite.Documents => "The original documents are released when this payment is in.",
        _ => null,
    };

    /// <summary>What the payment sets free.</summary>
    public static string? Releases(Prerequisite? prerequisite) => prerequisite switch
    {
        Prerequisite.Production => "Production can start now.",
        Prerequisite.Documents => "The original documents are released now.",
        _ => null,
    };

    /// <summary>Why reminders wait, or ask for less; null when they do not.</summary>
    public static string? Pause(Invoice invoice) => invoice switch
    {
        { PromiseStands: true, PromisedFor: { } promised } => InvoicePromises.Of(invoice)[^1].Amount is { } part
            ? $"{part} promised for {promised:O}"
            : $"Payment promised for {promised:O}",
        { DisputedUntil: { } until } when InvoiceDisputes.OpenOf(invoice).Count is > 1 and var several =>
            $"{invoice.Disputed} in {several} disputes, the first until {until:O}: {invoice.DisputeReason}",
        { DisputedUntil: { } until } => $"{invoice.Disputed} in dispute until {until:O}: {invoice.DisputeReason}",
        { CoveredBy: { } credit } => $"Not reminded: the customer's credit of {credit} covers what is overdue",
        _ => null,
    };

    /// <summary>A reminder's name for people.</summary>
    public static string Reminder(DunningTone tone, int level) => tone switch
    {
        DunningTone.Courtesy => $"Courtesy notice (level {level})",
        DunningTone.Friendly => $"Friendly reminder (level {level})",
        DunningTone.Firm => $"Firm reminder (level {level})",
        DunningTone.Overdue => $"Overdue letter (level {level})",
        DunningTone.Formal => $"Formal demand (level {level})",
        _ => $"Final notice (level {level})",
    };
}

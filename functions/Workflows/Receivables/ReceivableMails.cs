using Workflows.Mails;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>An invoice as mails show it. Dates are in the buyer's zone.</summary>
/// <param name="Name">The instalment's name, such as <c>Deposit 30%</c>.</param>
/// <param name="Due">Null while it is not known.</param>
/// <param name="DaysOverdue">Calendar days after the due date; zero or less before.</param>
/// <param name="Open">All that is open.</param>
/// <param name="Claimed">What is asked for: the open part that is not in dispute.</param>
/// <param name="Interest">Interest claimed for being late; null when none is.</param>
public sealed record InvoiceLine(
    InvoiceId Id,
    string Number,
    string Name,
    string Order,
    string? PurchaseOrder,
    DateOnly? Due,
    int DaysOverdue,
    Money Billed,
    Money Paid,
    Money Open,
    Money Disputed,
    Money Claimed,
    Money? Interest);

/// <summary>Who signs a mail to a buyer, and where the money goes.</summary>
/// <param name="BankDetails">Line by line.</param>
public sealed record SellerBlock(
    string Company, string Address, string OwnerName, string OwnerEmail, IReadOnlyList<string> BankDetails);

/// <summary>To the buyer: an invoice whose due date is known, or which was paid before.</summary>
/// <param name="DueReason">What the date follows from, such as <c>30 days after the bill of lading</c>.</param>
/// <param name="IsCorrection">Whether it replaces an earlier due date.</param>
/// <param name="HoldsBack">What waits for this payment; null when nothing does.</param>
public sealed record InvoiceIssued(
    SellerBlock Seller, string Buyer, string? Company, InvoiceLine Invoice, string DueReason, bool IsCorrection,
    string? HoldsBack)
    : IBuyerMail
{
    /// <inheritdoc/>
    public string Kind => "invoice-issued";

    /// <inheritdoc/>
    public string Subject => IsCorrection
        ? $"Corrected due date of invoice {Invoice.Number}: {Invoice.Due:O}"
        : $"Invoice {Invoice.Number}: {Invoice.Billed}, {When}";

    private string When => Invoice.Due is { } due ? $"due {due:O}" : "paid";
}

/// <summary>To the buyer: a reminder of everything that is due for one on that day.</summary>
/// <param name="Tone">The strictest among the invoices.</param>
/// <param name="Level">The highest among the invoices.</param>
/// <param name="Invoices">The latest due date last.</param>
/// <param name="Totals">Asked for, one per currency; they are never added up.</param>
/// <param name="ShipmentsStop">Whether new shipments are held from now on.</param>
/// <param name="HoldsDocuments">Whether the original documents are kept back until payment.</param>
public sealed record PaymentReminder(
    SellerBlock Seller,
    string Buyer,
    string? Company,
    DunningTone Tone,
    int Level,
    IReadOnlyList<InvoiceLine> Invoices,
    IReadOnlyList<Money> Totals,
    bool ShipmentsStop,
    bool HoldsDocuments) : IBuyerMail
{
    /// <inheritdoc/>
    public string Kind => "payment-reminder";

    /// <inheritdoc/>
    public string Subject => Tone switch
    {
        DunningTone.Courtesy => $"Coming due: {What}",
        DunningTone.Friendly => $"A friendly reminder: {What}",
        DunningTone.Firm => $"Payment overdue: {What}",
        DunningTone.Overdue => $"Overdue, shipments are at stake: {What}",
        DunningTone.Formal => $"Formal demand for payment: {What}",
        _ => $"Final notice: {What}",
    };

    private string What => Invoices is [var only]
        ? $"invoice {only.Number}, {only.Claimed}"
        : $"{Invoices.Count} invoices, {string.Join(" and ", Totals)}";
}

/// <summary>To the buyer: thank you, the invoice is settled.</summary>
/// <param name="ToBalance">What was paid too much and stays on their balance; null if nothing.</param>
/// <param name="ReleasedNow">What the payment sets free, such as production; null if nothing waited for it.</param>
public sealed record PaymentThanks(
    SellerBlock Seller, string Buyer, string? Company, InvoiceLine Invoice, Money? ToBalance, string? ReleasedNow)
    : IBuyerMail
{
    /// <inheritdoc/>
    public string Kind => "payment-thanks";

    /// <inheritdoc/>
    public string Subject => $"Thank you: invoice {Invoice.Number} is paid";
}

/// <summary>To staff: a receivable needs a person.</summary>
/// <param name="Reader">Name of the person written to.</param>
/// <param name="Headline">What happened, one line.</param>
/// <param name="Explanation">What it means and what to do.</param>
/// <param name="Payer">Who owes.</param>
/// <param name="Link">The deal's page.</param>
public sealed record ReceivableEscalated(
    string Reader, string Headline, string Explanation, string Payer, string OwnerName, InvoiceLine Invoice,
    string Link) : IMail
{
    /// <inheritdoc/>
    public string Kind => "receivable-escalated";

    /// <inheritdoc/>
    public string Subject => $"{Headline}: {Payer}, invoice {Invoice.Number}";
}

/// <summary>To the owner and to finance, when another person asked for a write-off: how it was decided.</summary>
/// <param name="Requester">Who asked; the approval itself answers them.</param>
/// <param name="Verdict">In words: approved, rejected, not decided in time.</param>
/// <param name="DecidedBy">Name of the person; null when nobody decided.</param>
public sealed record WriteOffAnswered(
    string Reader,
    string Requester,
    bool Approved,
    string Verdict,
    string? DecidedBy,
    string? Comment,
    string Payer,
    Money Amount,
    InvoiceLine Invoice,
    string Link) : IMail
{
    /// <inheritdoc/>
    public string Kind => "write-off-answered";

    /// <inheritdoc/>
    public string Subject => $"Write-off of {Amount} {Verdict}: invoice {Invoice.Number}";
}

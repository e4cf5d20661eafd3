using Workflows.Approvals;
using Workflows.Approvals.Kinds;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Layout;

namespace Workflows.Web.Hosting.Rows;

/// <summary>A part of rows that not everybody sees who sees the row.</summary>
internal enum RowField
{
    /// <summary>Unit costs and margins, and what rules and approvals say of them.</summary>
    CostAndMargin,

    /// <summary>A buyer's e-mail address and phone number.</summary>
    BuyerContact,

    /// <summary>A customer's limit, exposure and balances, and what rules and approvals say of them.</summary>
    CustomerCredit,

    /// <summary>From which network address and program an approver decided.</summary>
    ApproverAddress,
}

/// <summary>
/// The fields of a row that a person sees, and the row without the others. A field that is left out looks like one
/// that is not known: nothing, or an empty text.
/// </summary>
/// <param name="MayChange">Whether the row is within what they may change.</param>
internal sealed record FieldRights(Role Role, bool MayChange)
{
    /// <summary>
    /// The table of who sees what. Salespeople see the inside of what they work on, and of nothing else.
    /// </summary>
    public bool Shows(RowField field) => Role switch
    {
        Role.Admin or Role.Manager or Role.Finance => true,
        Role.Sales => MayChange && field != RowField.ApproverAddress,
        _ => false,
    };

    public Deal Of(Deal deal) => deal with
    {
        Inquiry = Shows(RowField.BuyerContact)
            ? deal.Inquiry
            : deal.Inquiry with { Buyer = deal.Inquiry.Buyer with { Email = "", Phone = null } },
        Quotation = deal.Quotation is { } quotation ? Of(quotation) : null,
        Unsent = deal.Unsent is { } unsent ? unsent with { Quotation = Of(unsent.Quotation) } : null,
    };

    public TimelineEntry Of(TimelineEntry entry) => entry.What switch
    {
        QuotationPriced priced when !Shows(RowField.CostAndMargin) =>
            entry with { What = priced with { Reasons = [] } },
        QuotationRefused { Reason: not null } refused when !Shows(RowField.CostAndMargin) =>
            entry with { What = refused with { Reason = "" } },
        CreditPassed passed when !Shows(RowField.CustomerCredit) => entry with { What = passed with { Reasons = [] } },
        CreditApprovalRequested requested when !Shows(RowField.CustomerCredit) =>
            entry with { What = requested with { Reasons = [] } },
        _ => entry,
    };

    public ApprovalFile Of(ApprovalFile file)
    {
        var request = file.Request;
        var isShown = ShowsFactsOf(request.Kind);
        var subject = SubjectOf(request.Kind, request.Subject);
        return file with
        {
            Request = request with { Subject = subject, Facts = isShown ? request.Facts : [] },
            Audit = [.. file.Audit.Select(entry => Of(entry) with
            {
                // The first entry repeats the subject.
                Note = entry.Event == AuditEvent.Requested ? subject : entry.Note,
            })],
        };
    }

    public ApprovalSummary Of(ApprovalSummary approval) =>
        approval with { Subject = SubjectOf(approval.Kind, approval.Subject) };

    public Invoice Of(Invoice invoice) =>
        Shows(RowField.BuyerContact) ? invoice : invoice with { BillTo = invoice.BillTo with { Email = "" } };

    public MailRecord Of(MailRecord record) =>
        Shows(RowField.BuyerContact) || !BuyerMails.Includes(record.Mail.Kind)
            ? record
            : record with { Mail = record.Mail with { To = record.Mail.To with { Address = "" } } };

    private Quotation Of(Quotation quotation) => Shows(RowField.CostAndMargin)
        ? quotation
        : quotation with
        {
            MarginPercent = null,
            UnknownCosts = null,
            Draft = quotation.Draft with
            {
                Lines = [.. quotation.Draft.Lines.Select(line => line with { UnitCost = null })],
            },
        };

    private AuditEntry Of(AuditEntry entry) =>
        Shows(RowField.ApproverAddress) ? entry : entry with { Ip = null, UserAgent = null };

    private bool ShowsFactsOf(ApprovalKind kind) => kind switch
    {
        ApprovalKind.Discount => Shows(RowField.CostAndMargin),
        ApprovalKind.Credit => Shows(RowField.CustomerCredit),
        ApprovalKind.WriteOff => true,

        // A new kind says here who sees its facts.
        _ => false,
    };

    // The heading of a credit approval says how far the customer is over the limit.
    private string SubjectOf(ApprovalKind kind, string subject) =>
        kind == ApprovalKind.Credit && !Shows(RowField.CustomerCredit) ? EnumText.Of(kind) : subject;
}

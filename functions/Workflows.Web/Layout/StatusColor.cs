using Workflows.Approvals;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Receivables;

namespace Workflows.Web.Layout;

/// <summary>
/// The colour of a state: the last part of a CSS class. Colour never says anything alone; the word is there too.
/// </summary>
internal static class StatusColor
{
    public const string Good = "good";
    public const string Warn = "warn";
    public const string Bad = "bad";
    public const string Info = "info";
    public const string Plum = "plum";
    public const string Accent = "accent";
    public const string Calm = "calm";

    public static string Of(Stage stage) => stage switch
    {
        Stage.Qualified or Stage.Assigned => Info,
        Stage.Quoted => Plum,
        Stage.Negotiating or Stage.Collecting => Warn,
        Stage.Ordered or Stage.Fulfilling => Accent,
        Stage.Paid => Good,
        Stage.Lost or Stage.WrittenOff => Bad,
        _ => Calm,
    };

    public static string Of(Temperature temperature) => temperature switch
    {
        Temperature.Hot => Bad,
        Temperature.Warm => Warn,
        _ => Info,
    };

    public static string Of(QuotationStatus status) => status switch
    {
        QuotationStatus.PendingApproval => Warn,
        QuotationStatus.Sent => Info,
        QuotationStatus.Accepted => Good,
        QuotationStatus.Refused => Bad,
        _ => Calm,
    };

    public static string Of(ApprovalVerdict? verdict) => verdict switch
    {
        null => Warn,
        ApprovalVerdict.Approved => Good,
        ApprovalVerdict.Rejected => Bad,
        _ => Calm,
    };

    public static string Of(InvoiceStatus status) => status switch
    {
        InvoiceStatus.Open => Info,
        InvoiceStatus.PartPaid => Warn,
        InvoiceStatus.Overdue or InvoiceStatus.WrittenOff => Bad,
        InvoiceStatus.Paid => Good,
        _ => Calm,
    };

    public static string Of(MailStatus status) => status switch
    {
        MailStatus.Sent => Good,
        MailStatus.Queued => Info,
        MailStatus.Failed => Bad,
        _ => Warn,
    };

    public static string Of(OrchestrationStatus status) => status switch
    {
        OrchestrationStatus.Running => Info,
        OrchestrationStatus.Completed => Good,
        OrchestrationStatus.Failed or OrchestrationStatus.Blocked => Bad,
        OrchestrationStatus.Suspended => Warn,
        _ => Calm,
    };
}

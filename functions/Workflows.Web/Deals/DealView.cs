using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Receivables;

namespace Workflows.Web.Deals;

/// <summary>A deal and all that belongs to it, for its page.</summary>
/// <param name="Timeline">A part of it.</param>
/// <param name="Approvals">Oldest first.</param>
/// <param name="Mails">The latest first; at most a page of them.</param>
/// <param name="Actions">What the reader can do now.</param>
public sealed record DealView(
    Deal Deal,
    TimelinePart Timeline,
    IReadOnlyList<ApprovalFile> Approvals,
    IReadOnlyList<Invoice> Invoices,
    IReadOnlyList<MailRecord> Mails,
    DealActions Actions);

using Workflows.Approvals;
using Workflows.Trade;

namespace Workflows.Receivables.History;

/// <summary>A person asked to give up what is open.</summary>
/// <param name="Amount">What was open then.</param>
/// <param name="Reason">As it was typed.</param>
public sealed record WriteOffAsked(ApprovalId Approval, Money Amount, string Reason) : InvoiceEvent;

/// <summary>What was asked to be given up was not approved.</summary>
/// <param name="Comment">As the approver typed it; null if none.</param>
public sealed record WriteOffDenied(ApprovalVerdict Verdict, string? Comment) : InvoiceEvent;

/// <summary>What was open was given up, with approval.</summary>
/// <param name="Comment">As the approver typed it; null if none.</param>
public sealed record WrittenOff(Money Amount, string? Comment) : InvoiceEvent;

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

/// <summary>Money came in for what had been given up.</summary>
/// <param name="Amount">What of it was booked against the loss.</param>
/// <param name="ValueDate">In the company's zone.</param>
/// <param name="Reference">The bank's reference.</param>
/// <param name="StillLost">What of the loss is still not in; may be zero.</param>
public sealed record MoneyRecovered(Money Amount, DateOnly ValueDate, string Reference, Money StillLost) : InvoiceEvent
{
    /// <summary>Tells the payment from others of its reference; null for the first one.</summary>
    public string? Payment { get; init; }
}

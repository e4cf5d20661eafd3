using Workflows.Orders;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Lifecycle.Timeline;

/// <summary>The order, or its shipment, may go ahead on credit.</summary>
/// <param name="Reasons">What the credit rule said.</param>
public sealed record CreditPassed(IReadOnlyList<string> Reasons) : DealEvent;

/// <summary>Credit needs an approval, which was asked for.</summary>
/// <param name="Reasons">What the credit rule said.</param>
public sealed record CreditApprovalRequested(ApprovalId Approval, IReadOnlyList<string> Reasons) : DealEvent;

/// <summary>Credit was approved.</summary>
/// <param name="Comment">The approver's; null if none.</param>
public sealed record CreditApproved(ApprovalId Approval, string? Comment) : DealEvent;

/// <summary>The order was confirmed to the buyer.</summary>
/// <param name="PaymentTerms">Code of the policy's payment terms.</param>
public sealed record OrderPlaced(string Number, Money Total, string PaymentTerms) : DealEvent;

/// <summary>The order was billed, an invoice per instalment.</summary>
/// <param name="PaymentTerms">Code of the policy's payment terms.</param>
public sealed record InvoicesIssued(string PaymentTerms, IReadOnlyList<BilledInstalment> Invoices) : DealEvent;

/// <summary>An instalment that was billed.</summary>
/// <param name="Name">The payment terms' name for it, such as <c>deposit</c>.</param>
public sealed record BilledInstalment(string Name, Money Amount);

/// <summary>Production may begin.</summary>
/// <param name="DepositPaid">False when the terms ask for no deposit.</param>
public sealed record ProductionReleased(bool DepositPaid) : DealEvent;

/// <summary>A small rest of an invoice was written off, so that it opens what it held back.</summary>
/// <param name="Invoice">Its number.</param>
/// <param name="Amount">The rest.</param>
/// <param name="Opens">What the invoice held back.</param>
public sealed record RestWrittenOff(string Invoice, Money Amount, Prerequisite Opens) : DealEvent;

/// <summary>The goods stay here: credit for the shipment was not granted.</summary>
/// <param name="Comment">The approver's; null if none.</param>
public sealed record ShipmentHeld(string? Comment) : DealEvent;

/// <summary>The order moved.</summary>
/// <param name="Date">In the company's zone.</param>
/// <param name="Reference">One line: bill of lading, courier number and the like; null if none.</param>
public sealed record MilestoneRecorded(MilestoneKind Milestone, DateOnly Date, string? Reference) : DealEvent;

/// <summary>The balance is in: the original documents may go to the buyer.</summary>
public sealed record DocumentsReleased : DealEvent;

/// <summary>A payment was taken off an invoice that was settled by it: what it released is held again.</summary>
/// <param name="Reason">In the words of the person.</param>
public sealed record PaymentMissing(InvoiceId Invoice, string Reason) : DealEvent;

/// <summary>The order was cancelled.</summary>
/// <param name="Reason">In the words of the person.</param>
public sealed record DealCancelled(string Reason) : DealEvent;

/// <summary>Nothing of the deal is open any more.</summary>
/// <param name="Received">Cash that came in on all its invoices.</param>
/// <param name="Invoices">How many there were.</param>
public sealed record BooksClosed(Money Received, int Invoices) : DealEvent;

/// <summary>All money of the deal came in.</summary>
public sealed record DealPaid : DealEvent;

/// <summary>The deal ended with a loss.</summary>
public sealed record DealWrittenOff(Money WrittenOff) : DealEvent;

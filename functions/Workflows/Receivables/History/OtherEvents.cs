using Workflows.Trade;

namespace Workflows.Receivables.History;

/// <summary>Another salesperson looks after the invoice.</summary>
public sealed record InvoiceOwnerReplaced(StaffId Owner) : InvoiceEvent;

/// <summary>The order was cancelled before the invoice was paid.</summary>
/// <param name="Received">What had come in, which is the customer's balance from now on; may be zero.</param>
/// <param name="Reason">As it was typed.</param>
public sealed record CancelledWithOrder(Money Received, string Reason) : InvoiceEvent;

/// <summary>A request came too late: the invoice had changed on its way.</summary>
public sealed record RequestRefused(InvoiceRequest Request, InvoiceRefusal Refusal) : InvoiceEvent;

/// <summary>What people and the deal ask of an invoice, and may be refused.</summary>
public enum InvoiceRequest
{
    /// <summary>To take a disputed part out of the reminders.</summary>
    Dispute,

    /// <summary>To end a dispute.</summary>
    DisputeResolution,

    /// <summary>To wait once for a promised payment.</summary>
    Promise,

    /// <summary>To give up what is open.</summary>
    WriteOff,

    /// <summary>To give it to another salesperson.</summary>
    Handover,

    /// <summary>To cancel it with its order.</summary>
    Cancellation,
}

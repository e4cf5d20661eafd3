using Workflows.Credit;
using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Receivables.Ageing;
using Workflows.Receivables.History;
using Workflows.Receivables.Payments;

namespace Workflows.Web.Receivables;

/// <summary>The receivables page.</summary>
/// <param name="Ageing">Null for readers who see only lists.</param>
/// <param name="Status">Which invoices the list shows.</param>
/// <param name="Waiting">Payments that wait for a person; empty for readers who cannot place them.</param>
public sealed record ReceivablesView(
    AgeingSheet? Ageing,
    InvoiceStatus Status,
    Page<Invoice> Invoices,
    IReadOnlyList<ReceivedPayment> Waiting);

/// <summary>One invoice with what happened to it.</summary>
/// <param name="History">Oldest first.</param>
/// <param name="Credit">Its customer's; null for readers who may not see it.</param>
/// <param name="MayChange">Whether the reader may change it.</param>
public sealed record InvoiceView(
    Invoice Invoice, IReadOnlyList<InvoiceEntry> History, CreditStanding? Credit, bool MayChange)
{
    /// <summary>Whether the reader may take a payment off it, and there is one.</summary>
    public bool MayTakeBack { get; init; }
}

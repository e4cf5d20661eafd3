using Workflows.Trade;

namespace Workflows.Receivables.History;

/// <summary>One row of an invoice's history. Rows are only ever added.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="When">UTC.</param>
/// <param name="Status">The status it left the invoice in.</param>
public sealed record InvoiceEntry(
    int Number, StaffId Who, DateTimeOffset When, InvoiceStatus Status, InvoiceEvent What);

using Workflows.Platform;
using Workflows.Steps;

namespace Workflows.Receivables;

/// <summary>An invoice as its collection sees it, and what happened since it was last kept.</summary>
internal sealed record KeepInvoiceInput(Invoice Invoice, IReadOnlyList<InvoiceEntry> Entries);

/// <summary>Lets everybody read how an invoice stands. Keyed by invoice and entry number: a second run writes the same rows.</summary>
internal sealed class KeepInvoice : Step<KeepInvoice, KeepInvoiceInput, Nothing>
{
    public override async Task<Nothing> RunAsync(ActivityContext context, KeepInvoiceInput input)
    {
        await InvoiceBook.SaveAsync(context.Tables, input.Invoice, input.Entries, context.Stopping);
        return Nothing.Value;
    }
}

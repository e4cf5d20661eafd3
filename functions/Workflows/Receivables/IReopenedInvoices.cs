using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Who must know that a settled invoice is open again: what its payment released is held.</summary>
public interface IReopenedInvoices
{
    /// <summary>Tells of it; the same number of the invoice again has no second effect.</summary>
    /// <param name="number">The how manieth time it is opened again.</param>
    /// <param name="reason">As it was typed.</param>
    Task TellAsync(Invoice invoice, int number, string reason, StaffId by, CancellationToken cancellation);
}

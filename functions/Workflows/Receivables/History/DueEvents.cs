using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.History;

/// <summary>The invoice was issued.</summary>
/// <param name="Number">As printed.</param>
/// <param name="Due">In the buyer's zone; null while its basis has not happened.</param>
/// <param name="Basis">What the due date is counted from.</param>
/// <param name="OffsetDays">Days from the basis to the due date.</param>
public sealed record Issued(string Number, Money Amount, DateOnly? Due, DueBasis Basis, int OffsetDays) : InvoiceEvent;

/// <summary>Its basis happened, so the due date is known and the invoice went to the buyer.</summary>
/// <param name="BasisDate">When the basis happened, in the company's zone.</param>
public sealed record DueDateSet(DateOnly Due, DueBasis Basis, int OffsetDays, DateOnly BasisDate) : InvoiceEvent;

/// <summary>The date of its basis was corrected, and the invoice went to the buyer again.</summary>
/// <param name="Before">The due date that was sent before.</param>
/// <param name="BasisDate">When the basis happened, in the company's zone.</param>
public sealed record DueDateCorrected(
    DateOnly Before, DateOnly Due, DueBasis Basis, int OffsetDays, DateOnly BasisDate) : InvoiceEvent;

/// <summary>The due date passed.</summary>
/// <param name="Open">What was open then.</param>
public sealed record TurnedOverdue(Money Open, DateOnly Due) : InvoiceEvent;

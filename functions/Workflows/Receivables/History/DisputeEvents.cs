using Workflows.Trade;

namespace Workflows.Receivables.History;

/// <summary>The buyer disputes a part of the invoice: that part is not chased until a day.</summary>
/// <param name="Until">Last day of the pause, in the buyer's zone.</param>
/// <param name="Reason">As it was typed.</param>
/// <param name="Number">Which of the invoice's disputes; null before version 1.2.</param>
public sealed record DisputeRecorded(Money Amount, DateOnly Until, string Reason, int? Number = null) : InvoiceEvent;

/// <summary>A person recorded the result of a dispute.</summary>
/// <param name="Comment">As it was typed; null if none.</param>
/// <param name="Number">Which of the invoice's disputes; null before version 1.2.</param>
/// <param name="Amount">What was in dispute; null before version 1.2.</param>
public sealed record DisputeSettled(string? Comment, int? Number = null, Money? Amount = null) : InvoiceEvent;

/// <summary>The pause for a dispute ended, and nobody had recorded a result.</summary>
/// <param name="Amount">What was in dispute.</param>
/// <param name="Until">Last day of the pause, in the buyer's zone.</param>
/// <param name="Number">Which of the invoice's disputes; null before version 1.2.</param>
public sealed record DisputeLapsed(Money Amount, DateOnly Until, int? Number = null) : InvoiceEvent;

using Workflows.Trade;

namespace Workflows.Receivables.History;

/// <summary>The buyer disputes a part of the invoice: that part is not chased until a day.</summary>
/// <param name="Until">Last day of the pause, in the buyer's zone.</param>
/// <param name="Reason">As it was typed.</param>
public sealed record DisputeRecorded(Money Amount, DateOnly Until, string Reason) : InvoiceEvent;

/// <summary>A person recorded the result of a dispute.</summary>
/// <param name="Comment">As it was typed; null if none.</param>
public sealed record DisputeSettled(string? Comment) : InvoiceEvent;

/// <summary>The pause for a dispute ended, and nobody had recorded a result.</summary>
/// <param name="Amount">What was in dispute.</param>
/// <param name="Until">Last day of the pause, in the buyer's zone.</param>
public sealed record DisputeLapsed(Money Amount, DateOnly Until) : InvoiceEvent;

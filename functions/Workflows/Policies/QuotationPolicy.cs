namespace Workflows.Policies;

/// <summary>Rules of quotations.</summary>
/// <param name="ValidityDays">Calendar days when the draft says nothing.</param>
/// <param name="MaxValidityDays">Longest validity that may be asked for.</param>
/// <param name="ReminderDaysBeforeExpiry">When owner and buyer are reminded.</param>
/// <param name="FloorMarginPercent">Below this margin the top level decides, whatever the discount.</param>
/// <param name="MaxRounds">Counter-offers before a manager is notified.</param>
/// <param name="SilenceDays">
/// Calendar days without a sign of life, and without an offer that still stands, after which a deal is lost.
/// </param>
public sealed record QuotationPolicy(
    int ValidityDays,
    int MaxValidityDays,
    int ReminderDaysBeforeExpiry,
    decimal FloorMarginPercent,
    int MaxRounds,
    int SilenceDays);

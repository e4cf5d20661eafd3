namespace Workflows.Policies;

/// <summary>Dunning ladders by customer segment; <c>standard</c> must be there.</summary>
public sealed record DunningPolicy(
    IReadOnlyDictionary<string, IReadOnlyList<DunningRung>> Ladders, decimal InterestPercentPerYear);

/// <summary>One reminder.</summary>
/// <param name="Level">Rising; the highest due is sent, never one below the last sent.</param>
/// <param name="Day">
/// Calendar days after the due date; negative is before. Moved to the buyer's next working day.
/// </param>
/// <param name="Tone">Chooses the mail's words.</param>
/// <param name="CopyRole">Staff notified besides the owner; null is nobody.</param>
/// <param name="CreditHold">Whether credit goes on hold with it.</param>
public sealed record DunningRung(int Level, int Day, DunningTone Tone, StaffRole? CopyRole, bool CreditHold);

/// <summary>How a reminder speaks.</summary>
public enum DunningTone
{
    /// <summary>Before due: a courtesy with the bank details.</summary>
    Courtesy,

    /// <summary>Friendly: asks for the transfer's copy.</summary>
    Friendly,

    /// <summary>Firm: states the open amount.</summary>
    Firm,

    /// <summary>Overdue: warns that shipments stop.</summary>
    Overdue,

    /// <summary>Formal demand with interest.</summary>
    Formal,

    /// <summary>Final notice.</summary>
    Final,
}

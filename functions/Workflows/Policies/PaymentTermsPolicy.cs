namespace Workflows.Policies;

/// <summary>A payment schedule under a name, such as <c>TT30-70BL</c>.</summary>
/// <param name="Instalments">Their percentages sum to 100; the last one takes the rounding.</param>
public sealed record PaymentTermsPolicy(string Code, string Name, IReadOnlyList<InstalmentPolicy> Instalments);

/// <summary>One part of a payment schedule.</summary>
/// <param name="Percent">Of the order's total.</param>
/// <param name="OffsetDays">Calendar days after the basis; 0 is at once.</param>
/// <param name="Gates">What must wait until it is paid; null is nothing.</param>
public sealed record InstalmentPolicy(
    string Name, decimal Percent, DueBasis Basis, int OffsetDays, Prerequisite? Gates);

/// <summary>What an instalment's due date hangs on.</summary>
public enum DueBasis
{
    /// <summary>The order's date.</summary>
    Order,

    /// <summary>The end of production.</summary>
    Production,

    /// <summary>The bill of lading's date.</summary>
    BillOfLading,

    /// <summary>The delivery's date.</summary>
    Delivery,
}

/// <summary>What an unpaid instalment holds back.</summary>
public enum Prerequisite
{
    /// <summary>A deposit gates production.</summary>
    Production,

    /// <summary>A balance gates the documents.</summary>
    Documents,
}

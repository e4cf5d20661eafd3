using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>A person.</summary>
/// <param name="Id">Short and stable; also the name of their API key.</param>
/// <param name="Regions">Region ids they serve; empty serves all.</param>
/// <param name="Languages">ISO 639-1, best first.</param>
/// <param name="Products">Product words they own (matched in SKU and name, case-insensitive); empty owns none.</param>
/// <param name="MaxOpenDeals">At this many open deals they get no new one; 0 gets none at all.</param>
/// <param name="Absences">When they are away.</param>
/// <param name="Deputy">Who decides and acts for them meanwhile; null is nobody.</param>
/// <param name="Manager">Who leads them; null is every manager who shares a region with them.</param>
public sealed record StaffMember(
    StaffId Id,
    string Name,
    string Email,
    StaffRole Role,
    IReadOnlyList<string> Regions,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> Products,
    int MaxOpenDeals,
    IReadOnlyList<Absence> Absences,
    StaffId? Deputy,
    StaffId? Manager = null);

/// <summary>What a member of staff may do.</summary>
public enum StaffRole
{
    /// <summary>Answers inquiries, quotes, follows deals.</summary>
    Sales,

    /// <summary>Leads sales; decides up to the policy's level.</summary>
    Manager,

    /// <summary>Leads the business; decides above managers.</summary>
    Director,

    /// <summary>Books payments, chases invoices, watches credit.</summary>
    Finance,

    /// <summary>Produces and ships.</summary>
    Operations,
}

/// <summary>Days away, both included, in the company's zone.</summary>
public sealed record Absence(DateOnly From, DateOnly To, string Reason);

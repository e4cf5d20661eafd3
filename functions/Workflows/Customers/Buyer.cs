
namespace Workflows.Customers;

/// <summary>Who asks.</summary>
/// <param name="Email">One address, exactly as checked at the door.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null is unknown.</param>
/// <param name="MemberYears">Years on the platform.</param>
/// <param name="Verified">Checked by the platform.</param>
public sealed record Buyer(
    string Name,
    string? Company,
    string Email,
    string? Phone,
    string? Country,
    string? PlatformBuyerId,
    int MemberYears,
    bool Verified);

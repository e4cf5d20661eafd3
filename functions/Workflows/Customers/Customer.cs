using System.Text.Json.Serialization;
using Workflows.Trade;

namespace Workflows.Customers;

/// <summary>A buyer's company as we know it: who they are, and on what terms we sell to them.</summary>
/// <param name="Key">
/// What makes it the same company: its mail domain, with the company's name where firms of other names share it; or the
/// address of a buyer at a mail provider.
/// </param>
/// <param name="Name">As the first buyer wrote it, or that buyer's own; hostile text.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null is unknown.</param>
/// <param name="Language">ISO 639-1; null is unknown.</param>
/// <param name="Segment">Names its dunning ladder; <c>standard</c> unless it was set otherwise.</param>
public sealed record Customer(
    CustomerId Id,
    string Key,
    string Name,
    string? Country,
    string? Language,
    string Email,
    string Segment,
    DateTimeOffset CreatedAt)
{
    /// <summary>The dunning ladder of customers that no segment was chosen for.</summary>
    public const string StandardSegment = "standard";

    /// <summary>
    /// The company's name as the first buyer who gave one wrote it; null is none yet, and unknown in files of before.
    /// </summary>
    public string? Company { get; init; }

    /// <summary>The name to compare other buyers' companies with; null when none is surely a company's.</summary>
    [JsonIgnore]
    public string? KnownCompany => Company ?? (CompanyName.HasLegalForm(Name) ? Name : null);

    /// <summary>Key of the policy's ratings; null is unrated and gets the default limit.</summary>
    public string? Rating { get; init; }

    /// <summary>A limit of their own; null takes the rating's.</summary>
    public Money? Limit { get; init; }

    /// <summary>Code of the payment terms usually granted; null is none agreed.</summary>
    public string? PaymentTerms { get; init; }

    /// <summary>Why nothing more is sold to them on credit; empty is no hold.</summary>
    public IReadOnlyList<CreditHold> Holds { get; init; } = [];

    /// <summary>Whether nothing more is sold to them on credit.</summary>
    [JsonIgnore]
    public bool IsOnHold => Holds.Count > 0;
}

/// <summary>One reason to sell nothing more on credit.</summary>
/// <param name="Invoice">
/// The invoice whose reminders placed it: settling it takes the hold away. Null when a person did.
/// </param>
public sealed record CreditHold(string Reason, StaffId By, DateTimeOffset At, InvoiceId? Invoice);

using System.Text.Json.Serialization;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Money that came in: one entry of a bank account.</summary>
/// <param name="Reference">The bank's own reference; what makes two notices one entry, <c>BankEntry</c> says.</param>
/// <param name="Invoice">Which invoice it is for; null lets the remittance text decide.</param>
/// <param name="ValueDate">In the company's zone.</param>
public sealed record Payment(
    string Reference, string? Invoice, Money Amount, DateOnly ValueDate, string? Remitter, string? RemittanceText)
{
    /// <summary>Our account that it came in on; null when it was not told.</summary>
    public string? Account { get; init; }

    /// <summary>The bank's id of the entry, unique in the account; null when it was not told.</summary>
    public string? EntryId { get; init; }

    /// <summary>True when no value date was told, and the day on which it was taken in stands for it.</summary>
    public bool? IsUndated { get; init; }

    /// <summary>Tells it from others of its reference; null for the first one, and for those of before 1.1.</summary>
    public string? Id { get; init; }

    /// <summary>Its id for rows and events.</summary>
    [JsonIgnore]
    internal string Key => Id ?? PaymentKey.Of(Reference);
}

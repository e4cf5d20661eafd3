using System.Globalization;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>Why an order needs a credit decision.</summary>
[Flags]
public enum CreditGrounds
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>The exposure is over the limit.</summary>
    OverLimit = 1,

    /// <summary>Something is overdue beyond tolerance.</summary>
    Overdue = 2,

    /// <summary>The customer is on hold.</summary>
    OnHold = 4,

    /// <summary>A rate is missing, so that the exposure is not known.</summary>
    NoRate = 8,

    /// <summary>A debt of the customer was written off.</summary>
    Defaulted = 16,
}

/// <summary>A credit decision that was asked for, and what it covers once it was granted.</summary>
/// <param name="Exposure">The exposure that was decided on.</param>
/// <param name="ValidUntil">Last day it is good for, in the company's zone; null while it is not granted.</param>
public sealed record CreditGrant(DealId Deal, CreditGrounds Grounds, Money Exposure, DateOnly? ValidUntil)
{
    /// <summary>Whether it still covers what is asked: granted, in time, and nothing got worse.</summary>
    public bool Covers(CreditGrounds grounds, Money exposure, DateOnly today) =>
        today <= ValidUntil
        && (grounds & ~Grounds) == CreditGrounds.None
        && exposure.Currency == Exposure.Currency
        && exposure <= Exposure;

    internal TableRow Write(TableRow row)
    {
        row["Deal"] = Deal.Value;
        row["Grounds"] = (int)Grounds;
        row["Amount"] = Exposure.Amount;
        row["Currency"] = Exposure.Currency.Code;
        row["ValidUntil"] = ValidUntil?.ToString("O", CultureInfo.InvariantCulture);
        return row;
    }

    internal static CreditGrant Read(TableRow row) => new(
        new DealId(row.RequiredText("Deal")),
        (CreditGrounds)(int)row.WholeNumber("Grounds")!,
        Money.Of(row.Number("Amount")!.Value, row.RequiredText("Currency")),
        row.Text("ValidUntil") is { } day ? DateOnly.ParseExact(
            day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
}

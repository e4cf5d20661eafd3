using Workflows.Trade;

namespace Workflows.Facts;

/// <summary>
/// Something countable that happened, kept in its month, so that a month's review reads a month.
/// </summary>
/// <param name="Id">Unique within the month and the same when written twice: subject and kind.</param>
/// <param name="At">When it happened, UTC; its month is taken in the company's zone.</param>
/// <param name="Amount">Order value, discount, cash and the like; null for counts.</param>
/// <param name="BaseAmount">The amount in the base currency at the policy's rate of that day.</param>
public sealed record Fact(
    string Id,
    FactKind Kind,
    DateTimeOffset At,
    DealId Deal,
    StaffId? Salesperson,
    string Region,
    CustomerId? Customer,
    Money? Amount,
    decimal? BaseAmount,
    decimal? Percent,
    string? Note)
{
    /// <summary>
    /// How long, of the time that it took, the deal waited for an approver; null when it did not, and for kinds that
    /// take no time.
    /// </summary>
    public TimeSpan? Paused { get; init; }
}

/// <summary>What is counted.</summary>
public enum FactKind
{
    /// <summary>An inquiry came in.</summary>
    InquiryReceived,

    /// <summary>It was spam or a duplicate: it leaves the numbers of the month it came in.</summary>
    InquiryDiscarded,

    /// <summary>It got an owner: the salesperson.</summary>
    Assigned,

    /// <summary>A human answered for the first time.</summary>
    FirstResponse,

    /// <summary>A quotation went out.</summary>
    Quoted,

    /// <summary>A discount was given: amount is its value, percent its rate.</summary>
    DiscountGiven,

    /// <summary>An order was confirmed: the deal is won. Amount is its total.</summary>
    OrderWon,

    /// <summary>A confirmed order was cancelled. Amount is its total.</summary>
    OrderCancelled,

    /// <summary>The deal was lost.</summary>
    DealLost,

    /// <summary>An invoice was issued.</summary>
    Invoiced,

    /// <summary>Cash came in.</summary>
    CashReceived,

    /// <summary>A receivable was given up.</summary>
    WrittenOff,

    /// <summary>Cash came in for a receivable that had been given up; it is counted as cash too.</summary>
    Recovered,

    /// <summary>The buyer wrote again on a deal.</summary>
    BuyerWrote,

    /// <summary>A human answered the buyer, for the first time or again.</summary>
    Answered,

    /// <summary>A person let a rejected inquiry go on: it is back in the numbers of the month it came in.</summary>
    InquiryReinstated,
}

using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>
/// What a month's facts come to, for the company, a region or a salesperson. Money is in the base currency. Figures of
/// the cohort follow the month's own inquiries for 90 days after it; all others count what happened in the month.
/// </summary>
/// <param name="Received">Inquiries that came in.</param>
/// <param name="Discarded">Those of them that were spam or duplicates.</param>
/// <param name="Answered">Cohort: valid inquiries that a human answered.</param>
/// <param name="AnsweredInTime">
/// Days of the month on which a customer wrote, answered within 24 hours by the clock of the first message, without the
/// time that an approver took.
/// </param>
/// <param name="ResponsesDue">Such days whose first message was answered or has waited for 24 hours.</param>
/// <param name="MedianResponseHours">
/// Cohort: hours by the clock from inquiry to the first human answer, without the time that an approver took; null when
/// there was none.
/// </param>
/// <param name="QuotedInquiries">Cohort: valid inquiries that got a quotation.</param>
/// <param name="CohortOrders">Cohort: valid inquiries that became an order which still stands.</param>
/// <param name="QuotationsSent">Quotations that went out, each version once.</param>
/// <param name="OrdersWon">Orders confirmed that still stand.</param>
/// <param name="WonValue">Their totals.</param>
/// <param name="OrdersCancelled">Orders cancelled, of whatever month.</param>
/// <param name="CancelledValue">Their totals.</param>
/// <param name="DealsLost">Deals that ended without an order.</param>
/// <param name="Discounts">Discounts given with the orders won.</param>
/// <param name="DiscountBudgetPercent">The policy's budget, of the list value.</param>
/// <param name="Unconverted">
/// Facts whose amount has no rate into the base currency and so is missing from the sums.
/// </param>
public sealed record SalesFigures(
    int Received,
    int Discarded,
    int Answered,
    int AnsweredInTime,
    int ResponsesDue,
    decimal? MedianResponseHours,
    int QuotedInquiries,
    int CohortOrders,
    int QuotationsSent,
    int OrdersWon,
    Money WonValue,
    int OrdersCancelled,
    Money CancelledValue,
    int DealsLost,
    Money Discounts,
    decimal DiscountBudgetPercent,
    Money Invoiced,
    Money CashReceived,
    Money WrittenOff,
    int Unconverted)
{
    /// <summary>
    /// Cash that came in for receivables written off before; a part of the cash received. Null in reviews of before
    /// it was counted.
    /// </summary>
    public Money? Recovered { get; init; }

    /// <summary>Inquiries received less those discarded.</summary>
    public int Valid => Received - Discarded;

    /// <summary>Answered in time, of those whose answer was due.</summary>
    public decimal? ResponseRatePercent => Ratio.Percent(AnsweredInTime, ResponsesDue);

    /// <summary>Inquiries quoted, of the valid ones.</summary>
    public decimal? QuoteRatePercent => Ratio.Percent(QuotedInquiries, Valid);

    /// <summary>Orders won in the month, of the month's valid inquiries.</summary>
    public decimal? PeriodConversionPercent => Ratio.Percent(OrdersWon, Valid);

    /// <summary>Orders from the month's inquiries, of its valid inquiries.</summary>
    public decimal? CohortConversionPercent => Ratio.Percent(CohortOrders, Valid);

    /// <summary>Order value won by orders won.</summary>
    public Money? AverageOrderValue =>
        OrdersWon == 0 ? null : (WonValue with { Amount = WonValue.Amount / OrdersWon }).Rounded();

    /// <summary>What the orders won would have come to at list prices.</summary>
    public Money ListValue => WonValue + Discounts;

    /// <summary>Discounts given, of the list value.</summary>
    public decimal? DiscountPercent => Ratio.Percent(Discounts.Amount, ListValue.Amount);

    /// <summary>What the budget allowed.</summary>
    public Money DiscountBudget => ListValue.Percent(DiscountBudgetPercent);

    /// <summary>Discounts beyond the budget; negative is what is left of it.</summary>
    public Money OverDiscountBudget => Discounts - DiscountBudget;
}

/// <summary>Shares that do not divide by zero.</summary>
internal static class Ratio
{
    /// <summary>In per cent with two decimals; null when there is nothing to be a share of.</summary>
    public static decimal? Percent(decimal part, decimal whole) =>
        whole == 0 ? null : decimal.Round(part * 100m / whole, 2, MidpointRounding.AwayFromZero);
}

using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>The figures a review prints, in the order of the way to the money, and what each of them means.</summary>
internal static class KpiCatalog
{
    private sealed record Entry<T>(
        string Key, string Name, KpiUnit Unit, Func<T, decimal?> Value, string Definition);

    private static readonly Entry<SalesFigures>[] Sales =
    [
        new("inquiries-received", "Inquiries received", KpiUnit.Count, f => f.Received,
            "Inquiries that came in during the month, by the company's time zone."),
        new("valid-inquiries", "Valid inquiries", KpiUnit.Count, f => f.Valid,
            "Inquiries received less spam and duplicates."),
        new("response-rate", "Response rate", KpiUnit.Percent, f => f.ResponseRatePercent,
            "Days of the month on which a customer wrote, that a person answered within 24 hours by the clock of the "
                + "customer's first message of that day / those answered or waiting for longer than that. Spam, "
                + "duplicates and automatic replies do not count, nor does the time that an approver took."),
        new("first-response", "First response, median", KpiUnit.Hours, f => f.MedianResponseHours,
            "Hours by the clock from the inquiry to a person's first answer, less the time that an approver took; the "
                + "middle one of the month's answered valid inquiries."),
        new("quote-rate", "Quote rate", KpiUnit.Percent, f => f.QuoteRatePercent,
            "Valid inquiries of the month that got a quotation, up to 90 days after the month / valid inquiries."),
        new("period-conversion", "Period conversion", KpiUnit.Percent, f => f.PeriodConversionPercent,
            "Orders confirmed in the month, whenever their inquiry came in / valid inquiries of the month."),
        new("cohort-conversion", "Cohort conversion", KpiUnit.Percent, f => f.CohortConversionPercent,
            "Orders from the inquiries of the month, up to 90 days after it / valid inquiries of the month. Grows "
                + "until then."),
        new("orders-won", "Orders won", KpiUnit.Count, f => f.OrdersWon,
            "Orders confirmed in the month, less those cancelled since. An order counts when it is confirmed, not when "
                + "its deposit is in."),
        new("order-value", "Order value won", KpiUnit.Money, f => f.WonValue.Amount,
            "Totals of the orders won, after discount, in the base currency at the policy's rates."),
        new("average-order-value", "Average order value", KpiUnit.Money, f => f.AverageOrderValue?.Amount,
            "Order value won / orders won."),
        new("orders-cancelled", "Orders cancelled", KpiUnit.Count, f => f.OrdersCancelled,
            "Orders cancelled in the month, whenever they were won."),
        new("deals-lost", "Deals lost", KpiUnit.Count, f => f.DealsLost,
            "Deals that ended in the month without an order."),
        new("discounts-given", "Discounts given", KpiUnit.Money, f => f.Discounts.Amount,
            "List price less price, of the orders won."),
        new("discount-rate", "Discount rate", KpiUnit.Percent, f => f.DiscountPercent,
            "Discounts given / list value of the orders won."),
        new("discount-budget", "Discount budget", KpiUnit.Money, f => f.DiscountBudget.Amount,
            "The policy's share of the list value of the orders won that discounts may reach."),
        new("invoiced", "Invoiced", KpiUnit.Money, f => f.Invoiced.Amount,
            "Invoices issued in the month."),
        new("cash-received", "Cash received", KpiUnit.Money, f => f.CashReceived.Amount,
            "Payments booked in the month, bank charges left out."),
        new("written-off", "Written off", KpiUnit.Money, f => f.WrittenOff.Amount,
            "Receivables given up in the month. What comes in for them later is recovered, in the month it comes."),
        new("recovered", "Recovered", KpiUnit.Money, f => f.Recovered?.Amount,
            "Payments booked in the month on receivables that had been written off; cash received holds them too."),
    ];

    private static readonly Entry<ReceivableFigures>[] Receivables =
    [
        new("receivables", "Receivables", KpiUnit.Money, f => f.Total.Due.Amount,
            "Open amounts of invoices whose due date is known, at the end of the month; customers' credit is not "
                + "netted."),
        new("overdue", "Overdue", KpiUnit.Money, f => f.Total.Overdue.Amount,
            "Receivables whose due date was before the last day of the month, disputed ones included."),
        new("overdue-share", "Overdue share", KpiUnit.Percent, f => f.OverduePercent,
            "Overdue / receivables."),
        new("dso", "DSO", KpiUnit.Days, f => f.Collection.Dso,
            "Days sales outstanding: receivables at the end of the month / invoiced in the three months up to it x "
                + "their days."),
        new("best-possible-dso", "Best possible DSO", KpiUnit.Days, f => f.Collection.BestPossibleDso,
            "Receivables that were not due / invoiced in the three months x their days."),
        new("average-days-delinquent", "Average days delinquent", KpiUnit.Days, f => f.Collection.AverageDaysDelinquent,
            "DSO less best possible DSO."),
        new(
            "collection-effectiveness", "Collection effectiveness", KpiUnit.Percent,
            f => f.Collection.CollectionEffectiveness,
            "(Receivables three months before + invoiced since - receivables at the end) / (receivables three months "
                + "before + invoiced since - those not due at the end)."),
    ];

    /// <summary>Every figure of sales with its definition.</summary>
    public static IReadOnlyList<Kpi> Of(SalesFigures figures, Currency currency) => Of(Sales, figures, currency);

    /// <summary>Every figure of receivables with its definition.</summary>
    public static IReadOnlyList<Kpi> Of(ReceivableFigures figures) => Of(Receivables, figures, figures.Sales.Currency);

    private static List<Kpi> Of<T>(Entry<T>[] entries, T figures, Currency currency) =>
        [.. entries.Select(entry => new Kpi(entry.Key, entry.Name, entry.Unit, entry.Value(figures), entry.Definition)
        {
            Currency = entry.Unit == KpiUnit.Money ? currency.Code : null,
        })];
}

using Workflows.Facts;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>What facts come to. Pure: the same facts, period and policy give the same figures.</summary>
internal static class ReviewFigures
{
    private static readonly TimeSpan ResponseTime = TimeSpan.FromHours(24);

    /// <summary>The figures of a scope.</summary>
    /// <param name="facts">Those of <see cref="ReviewPeriod.Months"/>, in any order.</param>
    public static SalesFigures Of(IReadOnlyList<Fact> facts, ReviewPeriod period, ReviewScope scope, Policy policy)
    {
        var inquiries = InquiryProgress.Of(facts, period)
            .Where(inquiry => scope.Holds(inquiry.Salesperson, inquiry.Region)).ToList();
        var valid = inquiries.FindAll(inquiry => !inquiry.IsOut);
        var answered = valid.FindAll(inquiry => inquiry.AnsweredAt is not null);
        var messages = FirstMessage.Of(facts, period, policy.Company.Zone())
            .Where(message => scope.Holds(message.Salesperson, message.Region)).ToList();

        var month = facts.Where(fact => period.Covers(fact.At) && scope.Holds(fact.Salesperson, fact.Region)).ToList();
        var cancelled = facts.Where(fact => fact.Kind == FactKind.OrderCancelled && fact.At < period.FactsUntil)
            .Select(fact => fact.Deal).ToHashSet();
        var won = Those(FactKind.OrderWon).FindAll(fact => !cancelled.Contains(fact.Deal));
        var discounts = Those(FactKind.DiscountGiven).FindAll(fact => !cancelled.Contains(fact.Deal));

        return new SalesFigures(
            Received: inquiries.Count,
            Discarded: inquiries.Count - valid.Count,
            Answered: answered.Count,
            AnsweredInTime: messages.Count(IsInTime),
            ResponsesDue: messages.Count(message => message.AnsweredAt is not null || IsOverdue(message)),
            MedianResponseHours: Median([.. answered.Select(HoursToAnswer)]),
            QuotedInquiries: valid.Count(inquiry => inquiry.IsQuoted),
            CohortOrders: valid.Count(inquiry => inquiry.IsOrdered),
            QuotationsSent: Those(FactKind.Quoted).Count,
            OrdersWon: won.Count,
            WonValue: Sum(won),
            OrdersCancelled: Those(FactKind.OrderCancelled).Count,
            CancelledValue: Sum(Those(FactKind.OrderCancelled)),
            DealsLost: Those(FactKind.DealLost).Count,
            Discounts: Sum(discounts),
            DiscountBudgetPercent: policy.Reviews.DiscountBudgetPercent,
            Invoiced: Sum(Those(FactKind.Invoiced)),
            CashReceived: Sum(Those(FactKind.CashReceived)),
            WrittenOff: Sum(Those(FactKind.WrittenOff)),
            Unconverted: month.Count(
                fact => fact.Amount is not null && IsSummed(fact.Kind) && BaseAmount(fact) is null))
        {
            Recovered = Sum(Those(FactKind.Recovered)),
        };

        List<Fact> Those(FactKind kind) => month.FindAll(fact => fact.Kind == kind);

        Money Sum(List<Fact> summed) =>
            new(summed.Sum(fact => BaseAmount(fact) ?? 0), policy.Company.BaseCurrency);

        decimal? BaseAmount(Fact fact) =>
            fact.BaseAmount ?? (fact.Amount is { } amount ? policy.Company.ToBase(amount) : null);

        bool IsOverdue(FirstMessage message) => message.At + ResponseTime < period.FactsUntil;
    }

    private static bool IsInTime(FirstMessage message) => message.TimeToAnswer <= ResponseTime;

    private static decimal HoursToAnswer(InquiryProgress inquiry) =>
        (decimal)inquiry.TimeToAnswer!.Value.TotalHours;

    // An offer is not money yet: it is counted, never summed.
    private static bool IsSummed(FactKind kind) => kind is not FactKind.Quoted;

    private static decimal? Median(List<decimal> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        values.Sort();
        var middle = values.Count / 2;
        var median = values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        return decimal.Round(median, 2, MidpointRounding.AwayFromZero);
    }
}

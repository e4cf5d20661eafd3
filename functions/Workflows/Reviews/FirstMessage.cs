using Workflows.Calendars;
using Workflows.Facts;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>A customer's first message on a day of the month, and when it was answered. Times are UTC.</summary>
/// <param name="Salesperson">Who held its deal last; null while nobody did.</param>
/// <param name="AnsweredAt">The customer's next answer, on whichever deal; null when there was none.</param>
/// <param name="Paused">How long, until it was answered, it waited for an approver.</param>
internal sealed record FirstMessage(
    DateTimeOffset At, string Region, StaffId? Salesperson, DateTimeOffset? AnsweredAt, TimeSpan Paused)
{
    /// <summary>How long the customer waited, without what an approver took; null while nobody has answered.</summary>
    public TimeSpan? TimeToAnswer => AnsweredAt - At - Paused;

    /// <summary>Those of a month. Spam and duplicates are none.</summary>
    /// <param name="zone">The company's: its days count.</param>
    public static IReadOnlyList<FirstMessage> Of(
        IReadOnlyList<Fact> facts, ReviewPeriod period, TimeZoneInfo zone) =>
        [.. facts
            .Where(fact => period.From <= fact.At && fact.At < period.FactsUntil)
            .GroupBy(fact => fact.Deal)
            .Where(deal => !InquiryProgress.IsDiscarded([.. deal.OrderBy(fact => fact.At)]))
            .SelectMany(deal => deal)
            .GroupBy(fact => fact.Customer?.Value ?? fact.Deal.Value)
            .SelectMany(customer => OfCustomer([.. customer.OrderBy(fact => fact.At)], period, zone))];

    private static IEnumerable<FirstMessage> OfCustomer(List<Fact> facts, ReviewPeriod period, TimeZoneInfo zone) =>
        facts
            .Where(fact => fact.Kind is FactKind.InquiryReceived or FactKind.BuyerWrote && period.Covers(fact.At))
            .GroupBy(fact => BusinessCalendar.DayOf(fact.At, zone))
            .Select(day => Of(day.First(), facts));

    private static FirstMessage Of(Fact first, List<Fact> facts)
    {
        var answers = facts.FindAll(fact =>
            fact.Kind is FactKind.FirstResponse or FactKind.Answered && fact.At >= first.At);
        DateTimeOffset? answeredAt = answers is [var answer, ..] ? answer.At : null;
        return new FirstMessage(
            first.At,
            first.Region,
            InquiryProgress.SalespersonOf(facts.FindAll(fact => fact.Deal == first.Deal)),
            answeredAt,
            // A deal's first answer is two facts of one moment, and one of them knows what the approver took.
            answers.Where(fact => fact.At == answeredAt).Max(fact => fact.Paused) ?? TimeSpan.Zero);
    }
}

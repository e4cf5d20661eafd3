using Workflows.Facts;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>What became of one inquiry of the month, as far as the review looks.</summary>
/// <param name="Salesperson">Who held it last; null while nobody did.</param>
/// <param name="IsOut">It was spam or a duplicate.</param>
/// <param name="Paused">How long, until it was answered, it waited for an approver.</param>
/// <param name="IsOrdered">It became an order that was not cancelled.</param>
internal sealed record InquiryProgress(
    DateTimeOffset ReceivedAt,
    string Region,
    StaffId? Salesperson,
    bool IsOut,
    DateTimeOffset? AnsweredAt,
    TimeSpan Paused,
    bool IsQuoted,
    bool IsOrdered)
{
    /// <summary>How long the buyer waited, without what an approver took; null while nobody has answered.</summary>
    public TimeSpan? TimeToAnswer => AnsweredAt - ReceivedAt - Paused;

    private static readonly FactKind[] SaysWho =
        [FactKind.Assigned, FactKind.FirstResponse, FactKind.Quoted, FactKind.OrderWon, FactKind.DealLost];

    /// <summary>The month's own inquiries.</summary>
    public static IReadOnlyList<InquiryProgress> Of(IReadOnlyList<Fact> facts, ReviewPeriod period) =>
        [.. facts
            .Where(fact => period.From <= fact.At && fact.At < period.FactsUntil)
            .GroupBy(fact => fact.Deal)
            .Select(deal => Of([.. deal.OrderBy(fact => fact.At)], period))
            .OfType<InquiryProgress>()];

    /// <summary>Who held a deal last; null while nobody did.</summary>
    /// <param name="deal">Its facts, oldest first.</param>
    public static StaffId? SalespersonOf(List<Fact> deal) =>
        deal.FindLast(fact => fact.Salesperson is not null && SaysWho.Contains(fact.Kind))?.Salesperson;

    /// <summary>Whether a deal was spam or a duplicate, and was not reinstated.</summary>
    /// <param name="deal">Its facts, oldest first.</param>
    public static bool IsDiscarded(List<Fact> deal) =>
        deal.FindLast(fact => fact.Kind is FactKind.InquiryDiscarded or FactKind.InquiryReinstated)?.Kind
        == FactKind.InquiryDiscarded;

    private static InquiryProgress? Of(List<Fact> deal, ReviewPeriod period)
    {
        var received = deal.Find(fact => fact.Kind == FactKind.InquiryReceived && period.Covers(fact.At));
        var answered = deal.Find(fact => fact.Kind == FactKind.FirstResponse);
        return received is null
            ? null
            : new InquiryProgress(
                received.At,
                received.Region,
                SalespersonOf(deal),
                IsDiscarded(deal),
                answered?.At,
                answered?.Paused ?? TimeSpan.Zero,
                Has(FactKind.Quoted),
                Has(FactKind.OrderWon) && !Has(FactKind.OrderCancelled));

        bool Has(FactKind kind) => deal.Exists(fact => fact.Kind == kind);
    }
}

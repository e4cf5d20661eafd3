using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>Credit.</summary>
/// <param name="DefaultLimit">
/// For customers without a credit file of their own; zero asks for approval of any open terms.
/// </param>
/// <param name="Ratings">Limit by rating.</param>
/// <param name="OverdueToleranceDays">Days overdue that a customer may be without a credit approval.</param>
/// <param name="ApprovalDays">Calendar days a credit approval is good for.</param>
/// <param name="OverdueToleranceAmountDays">
/// Of what is overdue for longer than that, amounts times days overdue that a customer may have without a credit
/// approval, in the default limit's currency; null is none.
/// </param>
public sealed record CreditPolicy(
    Money DefaultLimit, IReadOnlyDictionary<string, Money> Ratings, int OverdueToleranceDays, int ApprovalDays,
    decimal? OverdueToleranceAmountDays = null);

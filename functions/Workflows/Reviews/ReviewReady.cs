using Workflows.Mails;

namespace Workflows.Reviews;

/// <summary>To managers and directors: the month's review is there.</summary>
/// <param name="Reader">Name of the person written to.</param>
/// <param name="MonthName">Such as <c>October 2026</c>.</param>
/// <param name="IsProvisional">The month is not over.</param>
/// <param name="FactsUntilText">Up to when facts were counted, in the company's zone.</param>
/// <param name="Figures">The head figures, each with its definition.</param>
/// <param name="Salespeople">One line each.</param>
/// <param name="Best">The month's champion, in one line; null when nobody won an order.</param>
/// <param name="Link">The review's page.</param>
public sealed record ReviewReady(
    string Reader,
    string Month,
    string MonthName,
    bool IsProvisional,
    string FactsUntilText,
    IReadOnlyList<Kpi> Figures,
    IReadOnlyList<ReviewLine> Salespeople,
    string? Best,
    string Link) : IMail
{
    /// <inheritdoc/>
    public string Kind => "review-ready";

    /// <inheritdoc/>
    public string Subject => $"{(IsProvisional ? "Provisional review" : "Review")} of {MonthName}: "
        + string.Join(", ", Figures.Take(3).Select(figure => $"{figure.Name.ToLowerInvariant()} {figure.Text}"));
}

/// <summary>A salesperson's month in one line. Texts are ready to print.</summary>
public sealed record ReviewLine(
    string Name, string ValidInquiries, string PeriodConversion, string OrdersWon, string OrderValue);

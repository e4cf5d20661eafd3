using System.Globalization;
using Workflows.Receivables;

namespace Workflows.Web.Receivables;

/// <summary>An invoice's facts as mails write them.</summary>
internal static class InvoiceWords
{
    /// <summary>Such as <c>30 September 2026</c>; null stays null.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>When it was or is due, and how far away that is.</summary>
    public static string? Due(InvoiceLine invoice) => invoice switch
    {
        { Due: null } => null,
        { DaysOverdue: 1 } => $"{Day(invoice.Due)}, 1 day ago",
        { DaysOverdue: > 1 } => $"{Day(invoice.Due)}, {invoice.DaysOverdue} days ago",
        { DaysOverdue: 0 } => $"{Day(invoice.Due)}, today",
        _ => Day(invoice.Due),
    };

    /// <summary>An amount that says something; null for zero.</summary>
    public static string? Unless0(Trade.Money amount) => amount.Amount == 0 ? null : amount.ToString();
}

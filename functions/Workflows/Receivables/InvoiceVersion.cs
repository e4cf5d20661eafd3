using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// What reports of a past day need of an invoice beside its movements, from the end of a day until the next version.
/// </summary>
/// <param name="Since">In the company's zone.</param>
/// <param name="Due">In the buyer's zone; null while its basis had not happened.</param>
/// <param name="Disputed">All parts in dispute together.</param>
public sealed record InvoiceVersion(DateOnly Since, DateOnly? Due, Money Disputed, StaffId Owner);

/// <summary>Keeps the versions of an invoice, and finds that of a day. Pure.</summary>
internal static class InvoiceVersions
{
    /// <summary>The invoice with its present state as the version of a day, when that has changed.</summary>
    /// <param name="today">In the company's zone.</param>
    public static Invoice Note(Invoice invoice, DateOnly today)
    {
        var versions = invoice.Versions ?? [];
        var present = Of(invoice, today);
        return versions.Count > 0 && versions[^1] with { Since = today } == present
            ? invoice
            : invoice with { Versions = [.. versions.Where(version => version.Since < today), present] };
    }

    /// <summary>
    /// What it was at the end of a day. Without versions it is what it is now: nothing else is known of such a row.
    /// </summary>
    public static InvoiceVersion On(Invoice invoice, DateOnly day) =>
        invoice.Versions is [var first, ..] all
            ? all.LastOrDefault(version => version.Since <= day) ?? first
            : Of(invoice, day);

    /// <summary>
    /// The versions of an invoice from before version 1.2, by its history: due date and dispute on every day. Its first
    /// owner is not in there: until the first handover, the one after it stands for them.
    /// </summary>
    public static Invoice FromHistory(Invoice invoice, IReadOnlyList<InvoiceEntry> history, CompanyPolicy company)
    {
        var owner = history.Select(entry => entry.What).OfType<InvoiceOwnerReplaced>().FirstOrDefault()?.Owner;
        var past = invoice with
        {
            Due = null,
            Disputed = Money.Zero(invoice.Amount.Currency),
            Owner = owner ?? invoice.Owner,
        };
        foreach (var entry in history)
        {
            past = Note(After(past, entry.What), company.DayOf(entry.When));
        }

        return invoice with { Versions = past.Versions };
    }

    private static InvoiceVersion Of(Invoice invoice, DateOnly since) =>
        new(since, invoice.Due, invoice.Disputed, invoice.Owner);

    private static Invoice After(Invoice past, InvoiceEvent happened) => happened switch
    {
        Issued issued => past with { Due = issued.Due },
        DueDateSet set => past with { Due = set.Due },
        DueDateCorrected corrected => past with { Due = corrected.Due },
        DisputeRecorded dispute => past with { Disputed = dispute.Amount },
        MoneyReceived received when received.StillOpen < past.Disputed => past with { Disputed = received.StillOpen },
        DisputeSettled or DisputeLapsed or PaidInFull or WrittenOff or CancelledWithOrder =>
            past with { Disputed = Money.Zero(past.Amount.Currency) },
        InvoiceOwnerReplaced replaced => past with { Owner = replaced.Owner },
        _ => past,
    };
}

using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>A part of an invoice that the buyer disputes, or did. Its collection alone writes it.</summary>
/// <param name="Number">From 1 within the invoice.</param>
/// <param name="Amount">What is in dispute.</param>
/// <param name="Reason">As it was typed.</param>
/// <param name="Until">Last day of its pause, in the buyer's zone.</param>
/// <param name="By">Who recorded it; null in rows from before version 1.2.</param>
/// <param name="RecordedAt">UTC; null in rows from before version 1.2.</param>
public sealed record InvoiceDispute(
    int Number, Money Amount, string Reason, DateOnly Until, StaffId? By, DateTimeOffset? RecordedAt,
    DisputeState State)
{
    /// <summary>When it ended, UTC; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What came of it, as it was typed; null if nothing was said.</summary>
    public string? Comment { get; init; }
}

/// <summary>How a dispute stands.</summary>
public enum DisputeState
{
    /// <summary>It is not chased until its day.</summary>
    Open,

    /// <summary>A person recorded its result.</summary>
    Settled,

    /// <summary>Its day passed and nobody had recorded a result.</summary>
    Lapsed,

    /// <summary>The invoice was paid, written off or cancelled meanwhile.</summary>
    Closed,
}

/// <summary>What disputes make of an invoice. Pure.</summary>
public static class InvoiceDisputes
{
    /// <summary>All of an invoice, oldest first. An older row knows only the one that it had last.</summary>
    public static IReadOnlyList<InvoiceDispute> Of(Invoice invoice) =>
        invoice.Disputes
        ?? (invoice is { Disputed.Amount: > 0, DisputedUntil: { } until }
            ? [
                new InvoiceDispute(
                    1, invoice.Disputed, invoice.DisputeReason ?? "", until, By: null, RecordedAt: null,
                    DisputeState.Open),
            ]
            : []);

    /// <summary>Those that are not settled.</summary>
    public static IReadOnlyList<InvoiceDispute> OpenOf(Invoice invoice) =>
        [.. Of(invoice).Where(dispute => dispute.State == DisputeState.Open)];

    /// <summary>Those whose pause ends next: on the day that the invoice waits for.</summary>
    internal static IReadOnlyList<InvoiceDispute> EndingOf(Invoice invoice) =>
        [.. OpenOf(invoice).Where(dispute => dispute.Until == invoice.DisputedUntil)];

    /// <summary>The invoice with one more.</summary>
    internal static Invoice Add(Invoice invoice, Disputed said, DateTimeOffset now)
    {
        var before = Of(invoice);
        return With(invoice, [
            .. before,
            new InvoiceDispute(
                before.Count + 1, said.Amount, said.Reason, said.Until, said.By, now, DisputeState.Open),
        ]);
    }

    /// <summary>The invoice after some of its disputes ended.</summary>
    internal static Invoice End(
        Invoice invoice, IReadOnlyList<InvoiceDispute> ended, DisputeState state, string? comment,
        DateTimeOffset now) => With(invoice, [
            .. Of(invoice).Select(dispute => ended.Contains(dispute)
                ? dispute with { State = state, EndedAt = now, Comment = comment }
                : dispute),
        ]);

    /// <summary>A settled invoice: what was in dispute is no more. An older row keeps none.</summary>
    internal static Invoice Close(Invoice invoice, DateTimeOffset now) => invoice.Disputes is null
        ? invoice
        : End(invoice, OpenOf(invoice), DisputeState.Closed, comment: null, now);

    // What lists and reminders go by: the sum, the first day, all reasons.
    private static Invoice With(Invoice invoice, IReadOnlyList<InvoiceDispute> disputes)
    {
        var open = disputes.Where(dispute => dispute.State == DisputeState.Open).ToList();
        var sum = open.Aggregate(Money.Zero(invoice.Amount.Currency), (all, next) => all + next.Amount);
        return invoice with
        {
            Disputes = disputes,
            Disputed = sum > invoice.Open ? invoice.Open : sum,
            DisputedUntil = open.Count == 0 ? null : open.Min(dispute => dispute.Until),
            DisputeReason = open.Count == 0 ? null : string.Join("; ", open.Select(dispute => dispute.Reason)),
        };
    }
}

using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>A promise of the buyer to pay, and whether it was kept. Its collection alone writes it.</summary>
/// <param name="Number">From 1 within the invoice.</param>
/// <param name="Date">In the buyer's zone.</param>
/// <param name="Amount">What was promised; null is all that was open.</param>
/// <param name="OpenThen">What was open when it was given; null in rows from before version 1.2.</param>
/// <param name="Comment">As it was typed; null if none.</param>
/// <param name="By">Who recorded it; null in rows from before version 1.2.</param>
/// <param name="RecordedAt">UTC; null in rows from before version 1.2.</param>
public sealed record InvoicePromise(
    int Number, DateOnly Date, Money? Amount, Money? OpenThen, string? Comment, StaffId? By,
    DateTimeOffset? RecordedAt, PromiseState State);

/// <summary>How a promise stands.</summary>
public enum PromiseState
{
    /// <summary>Reminders wait for it.</summary>
    Standing,

    /// <summary>The money came in time.</summary>
    Kept,

    /// <summary>It did not.</summary>
    Broken,

    /// <summary>The invoice was written off or cancelled meanwhile.</summary>
    Closed,
}

/// <summary>What promises make of an invoice. Pure.</summary>
public static class InvoicePromises
{
    /// <summary>All of an invoice, oldest first. An older row knows only its one promise.</summary>
    public static IReadOnlyList<InvoicePromise> Of(Invoice invoice) =>
        invoice.Promises
        ?? (invoice.PromisedFor is { } date
            ? [
                new InvoicePromise(
                    1, date, Amount: null, OpenThen: null, Comment: null, By: null, RecordedAt: null,
                    invoice.PromiseStands ? PromiseState.Standing : PromiseState.Broken),
            ]
            : []);

    /// <summary>The invoice with one more, for which its reminders wait.</summary>
    internal static Invoice Add(Invoice invoice, Promised said, DateTimeOffset now)
    {
        var before = Of(invoice);
        return invoice with
        {
            PromisedFor = said.Date,
            PromiseStands = true,
            Promises = [
                .. before,
                new InvoicePromise(
                    before.Count + 1, said.Date, said.Amount, invoice.Open, said.Comment, said.By, now,
                    PromiseState.Standing),
            ],
        };
    }

    /// <summary>Whether the part that was promised has come in since.</summary>
    internal static bool IsKept(Invoice invoice) =>
        Of(invoice) is [.., { State: PromiseState.Standing, Amount: { } amount, OpenThen: { } then }]
        && then - invoice.Open >= amount;

    /// <summary>The invoice after the promise that stood. An older row, which keeps none, only ends it.</summary>
    internal static Invoice End(Invoice invoice, PromiseState state) => invoice with
    {
        PromiseStands = false,
        Promises = invoice.Promises is null
            ? null
            : [
                .. invoice.Promises.Select(promise => promise.State == PromiseState.Standing
                    ? promise with { State = state }
                    : promise),
            ],
    };
}

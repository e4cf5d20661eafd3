using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>
/// A customer's money that we hold: an overpayment, or a payment for an invoice that was settled already.
/// </summary>
/// <param name="Reference">The bank's reference of the payment it came with.</param>
/// <param name="Invoice">The invoice it was paid on.</param>
/// <param name="Amount">What it was at first.</param>
/// <param name="BookedOn">In the company's zone.</param>
/// <param name="Uses">What it has been used for, oldest first.</param>
public sealed record Advance(
    string Reference,
    CustomerId Customer,
    InvoiceId Invoice,
    StaffId Owner,
    string Region,
    Money Amount,
    DateOnly BookedOn,
    IReadOnlyList<AdvanceUse> Uses)
{
    /// <summary>What is left of it.</summary>
    public Money Remaining => RemainingOn(DateOnly.MaxValue);

    /// <summary>What was left of it at the end of a day.</summary>
    public Money RemainingOn(DateOnly day) => BookedOn > day
        ? Money.Zero(Amount.Currency)
        : Uses.Where(use => use.UsedOn <= day).Aggregate(Amount, (left, use) => left - use.Amount);
}

/// <summary>A part of an advance that paid an invoice.</summary>
public sealed record AdvanceUse(InvoiceId Invoice, Money Amount, DateOnly UsedOn);

/// <summary>Where advances are kept, in table <c>Advances</c>: a partition a customer, a row a payment.</summary>
public static class AdvanceRepository
{
    [Guarded]
    private const string Table = "Advances";

    /// <summary>A customer's advances, used up ones included.</summary>
    public static Task<IReadOnlyList<Advance>> OfAsync(
        ITableStore tables, CustomerId customer, CancellationToken cancellation) =>
        tables.ReadListAsync<Advance>(Table, TableQuery.Of(customer.Value), cancellation);

    /// <summary>Every customer's advances, used up ones included.</summary>
    public static Task<IReadOnlyList<Advance>> AllAsync(ITableStore tables, CancellationToken cancellation) =>
        tables.ReadListAsync<Advance>(Table, new TableQuery(), cancellation);

    /// <summary>Keeps an advance; the same payment again changes nothing.</summary>
    internal static Task KeepAsync(ITableStore tables, Advance advance, CancellationToken cancellation) =>
        tables.TryInsertAsync(Table, ToRow(advance), cancellation);

    /// <summary>Takes a part of an advance for an invoice, once per invoice.</summary>
    /// <returns>What was taken, now or before; zero when nothing is left of it.</returns>
    internal static Task<Money> UseAsync(
        ITableStore tables,
        Advance advance,
        InvoiceId invoice,
        Money wanted,
        DateOnly today,
        CancellationToken cancellation) =>
        ChangeAsync(
            tables,
            advance,
            present =>
            {
                if (present.Uses.FirstOrDefault(use => use.Invoice == invoice) is { } before)
                {
                    return RowChange.None(before.Amount);
                }

                var taken = present.Remaining < wanted ? present.Remaining : wanted;
                if (taken.Amount <= 0)
                {
                    return RowChange.None(Money.Zero(wanted.Currency));
                }

                var used = present with { Uses = [.. present.Uses, new AdvanceUse(invoice, taken, today)] };
                return RowChange.Write(ToRow(used), taken);
            },
            cancellation);

    /// <summary>Gives back what was taken for an invoice that did not need it any more.</summary>
    internal static Task ReturnAsync(
        ITableStore tables, Advance advance, InvoiceId invoice, CancellationToken cancellation) =>
        ChangeAsync(
            tables,
            advance,
            present =>
            {
                var returned = present with { Uses = [.. present.Uses.Where(use => use.Invoice != invoice)] };
                return RowChange.Write(ToRow(returned), returned);
            },
            cancellation);

    private static Task<T> ChangeAsync<T>(
        ITableStore tables, Advance advance, Func<Advance, RowChange<T>> change, CancellationToken cancellation) =>
        tables.ChangeAsync(
            Table,
            advance.Customer.Value,
            PaymentKey.Of(advance.Reference),
            row => change(row!.Read<Advance>()),
            cancellation);

    private static TableRow ToRow(Advance advance) =>
        new TableRow(advance.Customer.Value, PaymentKey.Of(advance.Reference)).With(advance);
}

using System.Text.Json.Serialization;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>
/// A customer's money that we hold, one payment's part of it: an overpayment, or what was paid on an invoice that was
/// settled already, or whose order was cancelled.
/// </summary>
/// <param name="Reference">The bank's reference of the payment it came with.</param>
/// <param name="Invoice">The invoice it was paid on.</param>
/// <param name="Amount">What it was at first.</param>
/// <param name="BookedOn">In the company's zone: the payment's value date, before which it is nothing.</param>
/// <param name="Uses">What it has been used for, oldest first.</param>
public sealed record CustomerBalance(
    string Reference,
    CustomerId Customer,
    InvoiceId Invoice,
    StaffId Owner,
    string Region,
    Money Amount,
    DateOnly BookedOn,
    IReadOnlyList<BalanceUse> Uses)
{
    /// <summary>Whether it came back from an invoice that did not need all of it; null when it was paid in.</summary>
    public bool? IsReturned { get; init; }

    /// <summary>Id of the payment; null for the first one of its reference.</summary>
    public string? Payment { get; init; }

    /// <summary>The key of its row: a bank's reference is never taken for one of ours.</summary>
    [JsonIgnore]
    internal string Key => IsCancelled == true ? $"!cancelled|{Invoice}|{PaymentOf}"
        : IsReturned == true ? PaymentKey.OfOurs(Reference)
        : PaymentOf;

    private string PaymentOf => (Payment ?? PaymentKey.Of(Reference)) + PaymentKey.Move(Move);

    /// <summary>Whether its invoice was cancelled after it was paid; null when it was not.</summary>
    public bool? IsCancelled { get; init; }

    /// <summary>Which placing of the payment left it; null for the first.</summary>
    public int? Move { get; init; }

    /// <summary>Day on which its payment was taken back, in the company's zone; null when it was not.</summary>
    public DateOnly? TakenBackOn { get; init; }

    /// <summary>
    /// Day on which its payment was taken in, when that is later than <see cref="BookedOn"/>; null when it is not.
    /// </summary>
    public DateOnly? KnownOn { get; init; }

    /// <summary>What is left of it.</summary>
    public Money Remaining => RemainingOn(DateOnly.MaxValue);

    /// <summary>What was left of it at the end of a day.</summary>
    public Money RemainingOn(DateOnly day) => BookedOn > day || TakenBackOn <= day
        ? Money.Zero(Amount.Currency)
        : Uses.Where(use => use.UsedOn <= day).Aggregate(Amount, (left, use) => left - use.Amount);
}

/// <summary>A part of a balance that paid an invoice.</summary>
public sealed record BalanceUse(InvoiceId Invoice, Money Amount, DateOnly UsedOn);

/// <summary>
/// Where balances are kept, a partition a customer, a row a payment. The table and the JSON members keep their
/// published name, <c>Advances</c>.
/// </summary>
public static class CustomerBalanceRepository
{
    [Guarded]
    private const string Table = "Advances";

    /// <summary>A customer's balances, used up ones included.</summary>
    public static Task<IReadOnlyList<CustomerBalance>> OfAsync(
        ITableStore tables, CustomerId customer, CancellationToken cancellation) =>
        tables.ReadListAsync<CustomerBalance>(Table, TableQuery.Of(customer.Value), cancellation);

    /// <summary>Every customer's balances, used up ones included.</summary>
    public static Task<IReadOnlyList<CustomerBalance>> AllAsync(ITableStore tables, CancellationToken cancellation) =>
        tables.ReadListAsync<CustomerBalance>(Table, new TableQuery(), cancellation);

    /// <summary>Keeps a balance; the same payment again changes nothing.</summary>
    internal static Task KeepAsync(ITableStore tables, CustomerBalance balance, CancellationToken cancellation) =>
        tables.TryInsertAsync(Table, ToRow(balance), cancellation);

    /// <summary>Takes a part of a balance for an invoice, once per invoice.</summary>
    /// <returns>What was taken, now or before; zero when nothing is left of it.</returns>
    internal static Task<Money> UseAsync(
        ITableStore tables,
        CustomerBalance balance,
        InvoiceId invoice,
        Money wanted,
        DateOnly today,
        CancellationToken cancellation) =>
        ChangeAsync(
            tables,
            balance,
            present =>
            {
                if (present.Uses.FirstOrDefault(use => use.Invoice == invoice) is { } before)
                {
                    return RowChange.None(before.Amount);
                }

                var left = present.RemainingOn(today);
                var taken = left < wanted ? left : wanted;
                if (taken.Amount <= 0)
                {
                    return RowChange.None(Money.Zero(wanted.Currency));
                }

                var used = present with { Uses = [.. present.Uses, new BalanceUse(invoice, taken, today)] };
                return RowChange.Write(ToRow(used), taken);
            },
            cancellation);

    /// <summary>
    /// Takes balances away again, because their payment was wrongly placed, unless one of them has paid something.
    /// </summary>
    /// <returns>The invoices that they have paid; none when they are away, or never were.</returns>
    internal static async Task<IReadOnlyList<InvoiceId>> TakeBackAsync(
        ITableStore tables, IReadOnlyList<CustomerBalance> balances, DateOnly today, CancellationToken cancellation)
    {
        var paid = new List<InvoiceId>();
        foreach (var balance in balances)
        {
            var row = await tables.GetAsync(Table, balance.Customer.Value, balance.Key, cancellation);
            paid.AddRange(row?.Read<CustomerBalance>().Uses.Select(use => use.Invoice) ?? []);
        }

        foreach (var balance in balances.Where(_ => paid.Count == 0))
        {
            paid.AddRange(await TakeBackAsync(tables, balance, today, cancellation));
        }

        return paid;
    }

    private static Task<IReadOnlyList<InvoiceId>> TakeBackAsync(
        ITableStore tables, CustomerBalance balance, DateOnly today, CancellationToken cancellation)
    {
        return tables.ChangeAsync(Table, balance.Customer.Value, balance.Key, Taken, cancellation);

        // It may have paid something since it was looked at.
        RowChange<IReadOnlyList<InvoiceId>> Taken(TableRow? row) => row?.Read<CustomerBalance>() switch
        {
            null or { TakenBackOn: not null } => RowChange.None<IReadOnlyList<InvoiceId>>([]),
            { Uses: [_, ..] uses } => RowChange.None<IReadOnlyList<InvoiceId>>([.. uses.Select(use => use.Invoice)]),
            { } present => RowChange.Write<IReadOnlyList<InvoiceId>>(ToRow(present with { TakenBackOn = today }), []),
        };
    }

    /// <summary>Gives back what was taken for an invoice that did not need it any more.</summary>
    internal static Task ReturnAsync(
        ITableStore tables, CustomerBalance balance, InvoiceId invoice, CancellationToken cancellation) =>
        ChangeAsync(
            tables,
            balance,
            present =>
            {
                var returned = present with { Uses = [.. present.Uses.Where(use => use.Invoice != invoice)] };
                return RowChange.Write(ToRow(returned), returned);
            },
            cancellation);

    private static Task<T> ChangeAsync<T>(
        ITableStore tables,
        CustomerBalance balance,
        Func<CustomerBalance, RowChange<T>> change,
        CancellationToken cancellation) =>
        tables.ChangeAsync(
            Table,
            balance.Customer.Value,
            balance.Key,
            row => change(row!.Read<CustomerBalance>()),
            cancellation);

    private static TableRow ToRow(CustomerBalance balance) =>
        new TableRow(balance.Customer.Value, balance.Key).With(balance);
}

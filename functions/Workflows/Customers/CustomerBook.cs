using System.Security.Cryptography;
using System.Text;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Customers;

/// <summary>A buyer's company as we know it.</summary>
/// <param name="Key">What makes it the same company: its mail domain, or the address of a free-mail buyer.</param>
/// <param name="Name">As the first buyer wrote it; hostile text.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null is unknown.</param>
/// <param name="Language">ISO 639-1; null is unknown.</param>
/// <param name="Segment">Names its dunning ladder; <c>standard</c> unless somebody said otherwise.</param>
public sealed record Customer(
    CustomerId Id,
    string Key,
    string Name,
    string? Country,
    string? Language,
    string Email,
    string Segment,
    DateTimeOffset CreatedAt);

/// <summary>
/// The customers, in table <c>Customers</c>: partition is the customer, row <c>customer</c> is who they are, rows
/// <c>order|…</c> are what they ordered.
/// </summary>
public static class CustomerBook
{
    private const string Table = "Customers";

    // Crockford's alphabet: no I, L, O, U, so that an id survives being read out.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>
    /// The buyer's company, written at their first inquiry. Its id follows from its key, so two inquiries at once make
    /// one customer.
    /// </summary>
    public static async Task<Customer> FindOrCreateAsync(
        ITableStore tables, Buyer buyer, BuyerIdentity identity, string? language, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = IdFor(identity.Key);
        var customer = new Customer(
            id, identity.Key, buyer.Company ?? buyer.Name, buyer.Country, language, identity.Email, "standard", now);
        var row = new TableRow(id.Value, "customer") { ["Name"] = customer.Name }.With(customer);
        return await tables.TryInsertAsync(Table, row, cancellation)
            ? customer
            : (await FindAsync(tables, id, cancellation))!;
    }

    /// <summary>A customer, or null.</summary>
    public static async Task<Customer?> FindAsync(ITableStore tables, CustomerId id, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, id.Value, "customer", cancellation))?.Read<Customer>();

    /// <summary>Notes a confirmed order, once per deal: from then on the customer is a repeat customer.</summary>
    public static Task RecordOrderAsync(
        ITableStore tables, CustomerId customer, DealId deal, Money total, DateTimeOffset at, CancellationToken cancellation) =>
        tables.UpsertAsync(
            Table,
            new TableRow(customer.Value, "order|" + deal) { ["Amount"] = total.Amount, ["Currency"] = total.Currency.Code, ["At"] = at },
            cancellation);

    /// <summary>Whether the customer ordered in another deal than this one.</summary>
    public static async Task<bool> HasOrderedAsync(
        ITableStore tables, CustomerId customer, DealId except, CancellationToken cancellation)
    {
        var query = TableQuery.Of(customer.Value, "order|") with { PageSize = 2 };
        var page = await tables.QueryAsync(Table, query, cancellation);
        return page.Rows.Any(row => row.RowKey != "order|" + except);
    }

    private static CustomerId IdFor(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return new CustomerId("C-" + string.Concat(hash.Take(10).Select(value => Alphabet[value & 31])));
    }
}

using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>
/// What each customer has asked lately, in table <c>InquiryIndex</c>: partition is the customer, row is time and deal,
/// newest first. It answers one question: does this inquiry repeat an open one?
/// </summary>
public static class InquiryIndex
{
    private const string Table = "InquiryIndex";

    // Shorter texts ("please quote") say the same about different things.
    private const int ShortestDistinctText = 20;

    /// <summary>How long an inquiry counts as the same one.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromDays(30);

    /// <summary>Remembers a serious inquiry; the same deal again is the same row.</summary>
    public static Task RememberAsync(
        ITableStore tables, CustomerId customer, DealId deal, string email, Inquiry inquiry,
        CancellationToken cancellation) =>
        tables.UpsertAsync(
            Table,
            new TableRow(customer.Value, NewestFirstKey.Of(inquiry.ReceivedAt, deal.Value))
            {
                ["Deal"] = deal.Value,
                ["Email"] = email,
                ["Products"] = ProductsOf(inquiry),
                ["Text"] = TextOf(inquiry),
                ["ReceivedAt"] = inquiry.ReceivedAt,
            },
            cancellation);

    /// <summary>
    /// What is remembered already: the inquiry itself, from an earlier run, or else the open deal that it repeats: of
    /// the same buyer, taken in before it within <see cref="Window"/>, about the same products or in the same words.
    /// </summary>
    /// <param name="isOpen">Whether a deal still waits for its order.</param>
    public static async Task<InquiryMemory> LookAsync(
        ITableStore tables,
        CustomerId customer,
        DealId deal,
        string email,
        Inquiry inquiry,
        Func<DealId, Task<bool>> isOpen,
        CancellationToken cancellation)
    {
        var query = new TableQuery
        {
            Partition = customer.Value,
            RowFrom = NewestFirstKey.Of(inquiry.ReceivedAt, ""),
            RowBefore = TableRules.After(NewestFirstKey.Of(inquiry.ReceivedAt - Window, "")),
        };
        DealId? original = null;
        await foreach (var row in tables.ReadAllAsync(Table, query, cancellation))
        {
            var other = new DealId(row.RequiredText("Deal"));
            if (other == deal)
            {
                return new InquiryMemory(IsRemembered: true, Original: null);
            }

            if (original is null
                && row.Text("Email") == email
                && IsBefore(row, other, deal, inquiry)
                && IsSame(row, inquiry)
                && await isOpen(other))
            {
                original = other;
            }
        }

        return new InquiryMemory(IsRemembered: false, original);
    }

    // Two that meet must not each give way to the other: the one that came first stays.
    private static bool IsBefore(TableRow row, DealId other, DealId deal, Inquiry inquiry) =>
        row.Time("ReceivedAt") < inquiry.ReceivedAt
        || row.Time("ReceivedAt") == inquiry.ReceivedAt && string.CompareOrdinal(other.Value, deal.Value) < 0;

    private static bool IsSame(TableRow row, Inquiry inquiry) =>
        ProductsOf(inquiry) is { } products && row.Text("Products") == products
        || TextOf(inquiry) is { } text && row.Text("Text") == text;

    private static string? ProductsOf(Inquiry inquiry)
    {
        var products = inquiry.Products
            .Select(product => string.IsNullOrWhiteSpace(product.Sku) ? product.Name : product.Sku)
            .Select(SearchText.Normalised)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        return products.Count == 0 ? null : Sha256Hex.Upper(string.Join('\n', products));
    }

    private static string? TextOf(Inquiry inquiry) =>
        SearchText.Normalised(inquiry.Message) is { Length: >= ShortestDistinctText } text
            ? Sha256Hex.Upper(text)
            : null;
}

/// <summary>What is remembered of an inquiry.</summary>
/// <param name="IsRemembered">Whether it was remembered as a serious one before.</param>
/// <param name="Original">The open deal that it repeats; null if none.</param>
public sealed record InquiryMemory(bool IsRemembered, DealId? Original);

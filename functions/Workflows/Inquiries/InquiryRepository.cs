using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>Inquiries word for word, in table <c>Inquiries</c>: a partition a deal.</summary>
public static class InquiryRepository
{
    private const string Table = "Inquiries";
    private const string Row = "inquiry";

    /// <summary>Keeps one; the same deal again is the same row.</summary>
    /// <param name="messageId">The source's id of the message that brought it.</param>
    internal static Task KeepAsync(
        ITableStore tables, DealId deal, Inquiry inquiry, string messageId, CancellationToken cancellation) =>
        tables.UpsertAsync(
            Table, new TableRow(deal.Value, Row) { ["MessageId"] = messageId }.With(inquiry), cancellation);

    /// <summary>
    /// Keeps an inquiry in the place of the message that came before it. Its deal's place in every list is that of the
    /// message, and so is the time.
    /// </summary>
    /// <returns>The inquiry that is kept after it; an inquiry is never replaced.</returns>
    internal static async Task<Inquiry> CompleteAsync(
        ITableStore tables, DealId deal, Inquiry inquiry, CancellationToken cancellation)
    {
        var row = await tables.GetAsync(Table, deal.Value, Row, cancellation);
        if (row?.Read<Inquiry>() is { IsMessage: null } kept)
        {
            return kept;
        }

        await KeepAsync(tables, deal, inquiry, row?.Text("MessageId") ?? "", cancellation);
        return inquiry;
    }

    /// <summary>The inquiry word for word, or null.</summary>
    public static async Task<Inquiry?> FindAsync(ITableStore tables, DealId deal, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, deal.Value, Row, cancellation))?.Read<Inquiry>();

    /// <summary>The source's id of the message that brought the inquiry, or null.</summary>
    public static async Task<string?> FindMessageIdAsync(
        ITableStore tables, DealId deal, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, deal.Value, Row, cancellation))?.Text("MessageId");
}

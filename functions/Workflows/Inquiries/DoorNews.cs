using Workflows.Platform;
using Workflows.Records;

namespace Workflows.Inquiries;

/// <summary>Why something did not come in.</summary>
public enum DoorItemKind
{
    /// <summary>An inquiry that was refused as spam.</summary>
    Refused,

    /// <summary>A delivery that could not be processed.</summary>
    DeadLetter,
}

/// <summary>Something that did not come in, of which a person is to hear. Texts are from outside and hostile.</summary>
/// <param name="Id">Unique within its kind: the deal, or the source and its event.</param>
/// <param name="Region">Policy region whose manager hears of it; empty is that of countries without one.</param>
/// <param name="Title">One line: who wants what, or where it came from.</param>
/// <param name="Reason">One line: why it did not come in.</param>
/// <param name="Words">One line: how it begins; may be empty.</param>
/// <param name="At">When it came, UTC.</param>
public sealed record DoorItem(
    DoorItemKind Kind, string Id, string Region, string Title, string Reason, string Words, DateTimeOffset At);

/// <summary>
/// What no mail tells of yet, in table <c>DoorNews</c>: partition is the kind, a row for each item. Partition
/// <c>turns</c>: when each reader was last told of a kind.
/// </summary>
public static class DoorNews
{
    private const string Table = "DoorNews";
    private const string Turns = "turns";
    private const string Window = "Window";

    /// <summary>Keeps an item for the next mail; the same one again is the same row.</summary>
    public static Task AddAsync(ITableStore tables, DoorItem item, CancellationToken cancellation) =>
        tables.UpsertAsync(Table, new TableRow(item.Kind.ToString(), KeyOf(item.Id)).With(item), cancellation);

    /// <summary>Forgets an item that a person has dealt with, or was told of.</summary>
    public static Task RemoveAsync(
        ITableStore tables, DoorItemKind kind, string id, CancellationToken cancellation) =>
        tables.DeleteIfPresentAsync(Table, kind.ToString(), KeyOf(id), cancellation);

    /// <summary>Some of the items of a kind.</summary>
    internal static async Task<IReadOnlyList<DoorItem>> ListAsync(
        ITableStore tables, DoorItemKind kind, int most, CancellationToken cancellation)
    {
        var page = await tables.QueryAsync(
            Table, TableQuery.Of(kind.ToString()) with { PageSize = most }, cancellation);
        return [.. page.Items.Select(row => row.Read<DoorItem>())];
    }

    /// <summary>Takes a reader's turn in a window, once among all processes.</summary>
    internal static async Task<bool> TryTakeTurnAsync(
        ITableStore tables, string reader, string window, CancellationToken cancellation)
    {
        var row = await tables.GetAsync(Table, Turns, reader, cancellation);
        return row?.Text(Window) != window
            && await tables.TryWriteAsync(
                Table, new TableRow(Turns, reader) { [Window] = window }, row?.ETag, cancellation) is not null;
    }

    private static string KeyOf(string id) => Sha256Hex.Lower(id)[..32];
}

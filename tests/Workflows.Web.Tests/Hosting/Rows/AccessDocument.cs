using Workflows.Conformance;

namespace Workflows.Web.Tests.Hosting.Rows;

/// <summary>What <c>docs/access.md</c> says, as the command <c>access</c> prints it.</summary>
internal static class AccessDocument
{
    private static readonly string[] Columns = ["sales", "manager", "director", "finance", "operations", "admin"];

    /// <summary>The routes in it, each with what it answers a stranger, and each role of both rows.</summary>
    public static IReadOnlyDictionary<string, (string Stranger, IReadOnlyDictionary<string, string[]> Cells)> Routes
    { get; } = File.ReadLines(Path.Combine(Sources.Root, "docs", "access.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length > 9 && cells[1].StartsWith('`'))
        .ToDictionary(
            cells => cells[1].Trim('`'),
            cells => (
                cells[3],
                (IReadOnlyDictionary<string, string[]>)Columns.Select((column, i) => (column, Both(cells[4 + i])))
                    .ToDictionary(each => each.column, each => each.Item2)));

    // One answer holds for both rows.
    private static string[] Both(string cell) =>
        cell.Split(" / ") is [var own, var other] ? [own, other] : [cell, cell];
}

using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Ranges, pages, order.</summary>
public abstract class TableQueryFacts(HomeFactory factory) : HomeFacts(factory)
{
    private const string Table = "deals";

    private ITableStore Tables => Home.Tables;

    /// <summary>Ranges are from, inclusive, to before.</summary>
    [Fact]
    public virtual async Task A_range_of_rows_is_read_in_order_from_and_up_to_its_bounds()
    {
        await FillAsync("p", "a", "b", "ba", "bb", "c");
        await FillAsync("q", "b");

        Assert.Equal(["a", "b", "ba", "bb", "c"], await KeysAsync(TableQuery.Of("p")));
        Assert.Equal(["b", "ba", "bb", "c"], await KeysAsync(new TableQuery { Partition = "p", RowFrom = "b" }));
        Assert.Equal(["a", "b"], await KeysAsync(new TableQuery { Partition = "p", RowBefore = "ba" }));
        Assert.Equal(["b", "ba", "bb"], await KeysAsync(TableQuery.Of("p", "b")));
        Assert.Equal(
            ["ba", "bb"], await KeysAsync(new TableQuery { Partition = "p", RowFrom = "ba", RowBefore = "c" }));
        Assert.Empty(await KeysAsync(new TableQuery { Partition = "p", RowFrom = "c", RowBefore = "b" }));
        Assert.Empty(await KeysAsync(TableQuery.Of("nobody")));
    }

    /// <summary>
    /// Ordinal, by code point. Where emoji stand to characters from U+E000 on is left open: UTF-16 and UTF-8 differ
    /// there.
    /// </summary>
    [Fact]
    public virtual async Task Keys_are_ordered_ordinally_and_not_by_any_language()
    {
        string[] keys = ["Zebra", "apple", "Äpfel", "10", "9", "zebra", "É", "询盘", "👍", "_", " "];
        await FillAsync("p", keys);
        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync(TableQuery.Of("p")));
        var from = new TableQuery { Partition = "p", RowFrom = "a", RowBefore = "询" };
        Assert.Equal(
            keys.Where(key => string.CompareOrdinal(key, "a") >= 0 && string.CompareOrdinal(key, "询") < 0)
                .Order(StringComparer.Ordinal),
            await KeysAsync(from));
    }

    /// <summary>Across partitions, by partition and then by row.</summary>
    [Fact]
    public virtual async Task A_query_across_partitions_is_ordered_by_partition_and_row_and_bounded_by_partition()
    {
        await FillAsync("2027-02", "b", "a");
        await FillAsync("2027-01", "c");
        await FillAsync("2027-10", "a");

        Assert.Equal(["2027-01/c", "2027-02/a", "2027-02/b", "2027-10/a"], await FullKeysAsync(new TableQuery()));
        Assert.Equal(
            ["2027-02/a", "2027-02/b"],
            await FullKeysAsync(new TableQuery { PartitionFrom = "2027-02", PartitionBefore = "2027-10" }));
        Assert.Equal(["2027-10/a"], await FullKeysAsync(new TableQuery { PartitionFrom = "2027-03" }));
    }

    /// <summary>More rows than a page may hold.</summary>
    [Fact]
    public virtual async Task More_than_a_thousand_rows_come_in_pages_without_gap_or_double()
    {
        const int Many = 2_345;
        await FillAsync("p", [.. Enumerable.Range(0, Many).Select(n => $"{n:00000}")]);

        var first = await Tables.QueryAsync(Table, TableQuery.Of("p"), Bound);
        Assert.Equal(TableRules.MaxPageSize, first.Items.Count);
        Assert.NotNull(first.Continuation);
        var expected = Enumerable.Range(0, Many).Select(n => $"{n:00000}").ToArray();
        Assert.Equal(expected, await KeysAsync(TableQuery.Of("p")));
        Assert.Equal(expected, await KeysAsync(TableQuery.Of("p") with { PageSize = 7 }));
        Assert.Equal(expected.Skip(1_000).Take(1_100), await KeysAsync(
            new TableQuery { Partition = "p", RowFrom = "01000", RowBefore = "02100", PageSize = 100 }));
        Assert.Equal(expected, await KeysAsync(new TableQuery { PageSize = 500 }));
    }

    /// <summary>Pages while rows come and go.</summary>
    [Fact]
    public virtual async Task Rows_that_stay_are_read_once_while_others_come_and_go_between_the_pages()
    {
        await FillAsync("p", [.. Enumerable.Range(0, 100).Select(n => $"{n:000}")]);
        var seen = new List<string>();
        var query = TableQuery.Of("p") with { PageSize = 10 };
        for (var pages = 1; ; pages++)
        {
            var page = await Tables.QueryAsync(Table, query, Bound);
            seen.AddRange(page.Items.Select(row => row.RowKey));
            if (page.Continuation is null)
            {
                break;
            }

            query = query with { Continuation = page.Continuation };
            await FillAsync("p", $"{pages:000}-new");
            await Tables.DeleteAsync(Table, "p", seen[^1], TableOperation.AnyETag);
        }

        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Superset(Enumerable.Range(0, 100).Select(n => $"{n:000}").ToHashSet(), seen.ToHashSet());
    }

    /// <summary>Page sizes out of bounds.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_001)]
    public virtual async Task A_page_size_out_of_bounds_is_refused(int size) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(
        () => Tables.QueryAsync(Table, TableQuery.Of("p") with { PageSize = size }, Bound));

    /// <summary>
    /// A continuation is the store's own; what a caller made up is refused or finds nothing, and breaks nothing.
    /// </summary>
    [Fact]
    public virtual async Task A_made_up_continuation_is_refused()
    {
        await FillAsync("p", "a");
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Tables.QueryAsync(Table, TableQuery.Of("p") with { Continuation = "'; DROP TABLE x; --" }, Bound));
        Assert.Equal(["a"], await KeysAsync(TableQuery.Of("p")));
    }

    private async Task FillAsync(string partition, params string[] rows)
    {
        foreach (var batch in rows.Chunk(TableRules.MaxBatch))
        {
            await Tables.ExecuteAsync(
                Table, [.. batch.Select(key => TableOperation.Insert(new TableRow(partition, key) { ["key"] = key }))],
                Bound);
        }
    }

    private async Task<List<string>> KeysAsync(TableQuery query)
    {
        var keys = new List<string>();
        await foreach (var row in Tables.ReadAllAsync(Table, query, Bound))
        {
            Assert.Equal(row.RowKey, row.Text("key"));
            keys.Add(row.RowKey);
        }

        return keys;
    }

    private async Task<List<string>> FullKeysAsync(TableQuery query)
    {
        var keys = new List<string>();
        await foreach (var row in Tables.ReadAllAsync(Table, query, Bound))
        {
            keys.Add($"{row.PartitionKey}/{row.RowKey}");
        }

        return keys;
    }
}

using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Steps that expect other writers: what is tried, what is removed, and read-change-write.</summary>
public abstract class TableChangeFacts(HomeFactory factory) : HomeFacts(factory)
{
    private const string Table = "deals";

    private ITableStore Tables => Home.Tables;

    /// <summary>A write over what was read.</summary>
    [Fact]
    public virtual async Task A_write_over_what_was_read_goes_through_once()
    {
        var first = await Tables.TryWriteAsync(Table, Row(1), etag: null, Bound);
        Assert.Equal(first, (await ReadAsync())!.ETag);
        Assert.Null(await Tables.TryWriteAsync(Table, Row(2), etag: null, Bound));

        var second = await Tables.TryWriteAsync(Table, Row(3), first, Bound);
        Assert.Equal(second, (await ReadAsync())!.ETag);
        Assert.Null(await Tables.TryWriteAsync(Table, Row(4), first, Bound));
        Assert.Equal(3, (await ReadAsync())!["n"]);

        await Tables.DeleteAsync(Table, "p", "r", second!, Bound);
        Assert.Null(await Tables.TryWriteAsync(Table, Row(5), second, Bound));
        Assert.Null(await ReadAsync());
    }

    /// <summary>Removing what may be gone.</summary>
    [Fact]
    public virtual async Task A_removal_says_whether_there_was_a_row_to_remove()
    {
        Assert.False(await Tables.DeleteIfPresentAsync(Table, "p", "r", Bound));
        var old = await Tables.InsertAsync(Table, Row(1), Bound);
        await Tables.ReplaceAsync(Table, Row(2), old, Bound);
        Assert.False(await Tables.TryDeleteAsync(Table, "p", "r", old, Bound));
        Assert.Equal(2, (await ReadAsync())!["n"]);

        Assert.True(await Tables.DeleteIfPresentAsync(Table, "p", "r", Bound));
        Assert.False(await Tables.DeleteIfPresentAsync(Table, "p", "r", Bound));
        Assert.Null(await ReadAsync());
    }

    /// <summary>The first change of a row that is not there, and one that has nothing to write.</summary>
    [Fact]
    public virtual async Task A_change_writes_what_it_decides_and_nothing_when_it_decides_so()
    {
        Assert.Equal(1, await IncrementAsync(Tables));
        Assert.Equal(2, await IncrementAsync(Tables));
        var etag = (await ReadAsync())!.ETag;

        var found = await Tables.ChangeAsync(Table, "p", "r", row => RowChange.None((int)row!["n"]!), Bound);
        Assert.Equal((2, etag), (found, (await ReadAsync())!.ETag));
    }

    /// <summary>Another writer between the read and the write, whatever it does to the row.</summary>
    [Fact]
    public virtual async Task A_change_decides_again_by_what_a_faster_writer_left()
    {
        var others = new Queue<Func<Task>>(
        [
            () => Tables.InsertAsync(Table, Row(10), Bound),
            () => Tables.UpsertAsync(Table, Row(20), Bound),
            () => Tables.DeleteAsync(Table, "p", "r", TableOperation.AnyETag, Bound),
            () => Tables.InsertAsync(Table, Row(30), Bound),
        ]);
        Assert.Equal(31, await IncrementAsync(new InterferingTables(Tables, others)));
        Assert.Equal((31, 0), ((await ReadAsync())!["n"], others.Count));
    }

    private Task<int> IncrementAsync(ITableStore tables) => tables.ChangeAsync(
        Table,
        "p",
        "r",
        row =>
        {
            var next = (int)(row?["n"] ?? 0) + 1;
            return RowChange.Write(Row(next), next);
        },
        Bound);

    private Task<TableRow?> ReadAsync() => Tables.GetAsync(Table, "p", "r", Bound);

    private static TableRow Row(int n) => new("p", "r") { ["n"] = n };

    /// <summary>After each read another writer does its next write.</summary>
    private sealed class InterferingTables(ITableStore tables, Queue<Func<Task>> others) : ITableStore
    {
        public async Task<TableRow?> GetAsync(
            string table, string partitionKey, string rowKey, CancellationToken cancellation)
        {
            var row = await tables.GetAsync(table, partitionKey, rowKey, cancellation);
            if (others.TryDequeue(out var other))
            {
                await other();
            }

            return row;
        }

        public Task<Page<TableRow>> QueryAsync(string table, TableQuery query, CancellationToken cancellation) =>
            tables.QueryAsync(table, query, cancellation);

        public Task<IReadOnlyList<string?>> ExecuteAsync(
            string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation) =>
            tables.ExecuteAsync(table, operations, cancellation);
    }
}

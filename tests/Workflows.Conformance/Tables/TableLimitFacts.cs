using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Names, keys, sizes, batches: what one home could not keep, none takes.</summary>
public abstract class TableLimitFacts(HomeFactory factory) : HomeFacts(factory)
{
    private const string Table = "deals";

    private ITableStore Tables => Home.Tables;

    /// <summary>Keys with characters that Table Storage forbids.</summary>
    [Theory]
    [InlineData('/')]
    [InlineData('\\')]
    [InlineData('#')]
    [InlineData('?')]
    [InlineData('\t')]
    [InlineData('\n')]
    [InlineData('\r')]
    [InlineData('\0')]
    [InlineData('\u001f')]
    [InlineData('\u007f')]
    [InlineData('\u009f')]
    public virtual async Task A_key_with_a_forbidden_character_is_refused(char forbidden)
    {
        await RefusesAsync(TableOperation.Insert(new TableRow($"a{forbidden}b", "r")));
        await RefusesAsync(TableOperation.Upsert(new TableRow("p", $"a{forbidden}b")));
        await RefusesAsync(TableOperation.Delete("p", $"{forbidden}", TableOperation.AnyETag));
        Assert.Empty((await Tables.QueryAsync(Table, new TableQuery(), Bound)).Items);
    }

    /// <summary>Keys that look odd and are allowed.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("it's 100% \"quoted\"; DROP TABLE deals --")]
    [InlineData("a*b_c%d[e]f")]
    [InlineData("询盘 №7 Ünïcödé 👍")]
    public virtual async Task A_key_that_is_allowed_is_found_again(string key)
    {
        await Tables.InsertAsync(Table, new TableRow(key, key) { ["n"] = 1 });
        var read = await Tables.GetAsync(Table, key, key, Bound);
        Assert.Equal((key, key), (read!.PartitionKey, read.RowKey));
        Assert.Single((await Tables.QueryAsync(Table, TableQuery.Of(key), Bound)).Items);
    }

    /// <summary>1 KiB of UTF-16, and one character more.</summary>
    [Fact]
    public virtual async Task A_key_of_1_KiB_is_kept_and_a_longer_one_is_refused()
    {
        var longest = new string('ж', TableRules.MaxKeyBytes / 2);
        await Tables.InsertAsync(Table, new TableRow(longest, longest) { ["n"] = 1 });
        Assert.NotNull(await Tables.GetAsync(Table, longest, longest, Bound));
        await RefusesAsync(TableOperation.Insert(new TableRow(longest + "x", "r")));
        await RefusesAsync(TableOperation.Insert(new TableRow("p", longest + "x")));
    }

    /// <summary>64 KiB of text or bytes, and a little more.</summary>
    [Fact]
    public virtual async Task A_property_of_64_KiB_is_kept_and_a_larger_one_is_refused()
    {
        var text = new string('ж', TableRules.MaxValueBytes / 2);
        var bytes = Enumerable.Range(0, TableRules.MaxValueBytes).Select(n => (byte)(n * 31)).ToArray();
        await Tables.InsertAsync(Table, new TableRow("p", "r") { ["text"] = text, ["bytes"] = bytes });
        var read = await Tables.GetAsync(Table, "p", "r", Bound);
        Assert.True(text == read!.Text("text"), "The text should come back whole.");
        Assert.True(bytes.AsSpan().SequenceEqual((byte[])read["bytes"]!), "The bytes should come back whole.");

        await RefusesAsync(TableOperation.Insert(new TableRow("p", "s") { ["text"] = text + "x" }));
        await RefusesAsync(TableOperation.Insert(new TableRow("p", "s") { ["bytes"] = new byte[bytes.Length + 1] }));
        await RefusesAsync(
            TableOperation.Merge(new TableRow("p", "r") { ["text"] = text + "x" }, TableOperation.AnyETag));
    }

    /// <summary>252 properties and 1 MiB a row.</summary>
    [Fact]
    public virtual async Task A_row_has_at_most_252_properties_and_1_MiB()
    {
        var full = new TableRow("p", "r");
        for (var n = 0; n < TableRules.MaxProperties; n++)
        {
            full[$"p{n}"] = n;
        }

        await Tables.InsertAsync(Table, full);
        Assert.Equal(252, (await Tables.GetAsync(Table, "p", "r", Bound))!.Properties.Count);
        full["oneMore"] = 1;
        await RefusesAsync(TableOperation.Upsert(full));

        var heavy = new TableRow("p", "heavy");
        for (var n = 0; n < 17; n++)
        {
            heavy[$"p{n}"] = new byte[TableRules.MaxValueBytes];
        }

        await RefusesAsync(TableOperation.Insert(heavy));
        Assert.Null(await Tables.GetAsync(Table, "p", "heavy", Bound));
    }

    /// <summary>A merge may make a row too large only in the end.</summary>
    [Fact]
    public virtual async Task A_merge_that_would_make_a_row_too_large_is_refused_and_changes_nothing()
    {
        for (var n = 0; n < 15; n++)
        {
            var part = new TableRow("p", "r") { [$"p{n}"] = new byte[TableRules.MaxValueBytes] };
            await Tables.ExecuteAsync(
                Table, [n == 0 ? TableOperation.Insert(part) : TableOperation.Merge(part, TableOperation.AnyETag)],
                Bound);
        }

        var before = await Tables.GetAsync(Table, "p", "r", Bound);
        await RefusesAsync(TableOperation.Merge(
            new TableRow("p", "r") { ["x"] = new byte[TableRules.MaxValueBytes] }, TableOperation.AnyETag));
        Assert.Equal(before!.ETag, (await Tables.GetAsync(Table, "p", "r", Bound))!.ETag);
    }

    /// <summary>Names of tables and properties.</summary>
    [Theory]
    [InlineData("ab")]
    [InlineData("1deals")]
    [InlineData("deals-2027")]
    [InlineData("deals; DROP TABLE x")]
    public virtual async Task A_name_that_some_home_could_not_keep_is_refused(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Tables.InsertAsync(name, new TableRow("p", "r")));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Tables.GetAsync(name, "p", "r", Bound));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Tables.QueryAsync(name, new TableQuery(), Bound));
        await RefusesAsync(TableOperation.Insert(new TableRow("p", "r") { [$"{name}-"] = 1 }));
        await RefusesAsync(TableOperation.Insert(new TableRow("p", "r") { ["RowKey"] = "x" }));
    }

    /// <summary>Times that Table Storage does not know.</summary>
    [Fact]
    public virtual async Task A_time_before_1601_is_refused() =>
        await RefusesAsync(TableOperation.Insert(
            new TableRow("p", "r") { ["time"] = new DateTimeOffset(1600, 12, 31, 23, 59, 59, TimeSpan.Zero) }));

    /// <summary>A hundred rows of one partition, at once.</summary>
    [Fact]
    public virtual async Task A_batch_of_a_hundred_is_written_whole()
    {
        var etags = await Tables.ExecuteAsync(Table, [.. Rows(100)], Bound);
        Assert.Equal(100, etags.Count);
        Assert.All(etags, Assert.NotNull);
        var rows = (await Tables.QueryAsync(Table, TableQuery.Of("p"), Bound)).Items;
        Assert.Equal(etags, rows.Select(row => row.ETag));
    }

    /// <summary>One condition of many does not hold.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(99)]
    public virtual async Task A_batch_in_which_one_condition_fails_writes_nothing(int failing)
    {
        await Tables.InsertAsync(Table, new TableRow("p", $"{failing:000}") { ["n"] = -1 });
        var conflict = await Assert.ThrowsAsync<RowConflictException>(
            () => Tables.ExecuteAsync(Table, [.. Rows(100)], Bound));
        Assert.Equal((RowConflict.Exists, $"{failing:000}"), (conflict.Reason, conflict.RowKey));
        var left = Assert.Single((await Tables.QueryAsync(Table, TableQuery.Of("p"), Bound)).Items);
        Assert.Equal(-1, left["n"]);
    }

    /// <summary>Kinds may be mixed, and the answer keeps their order.</summary>
    [Fact]
    public virtual async Task A_batch_may_mix_all_kinds_and_answers_in_order()
    {
        var etags = await Tables.ExecuteAsync(Table, [.. Rows(4)], Bound);
        var answer = await Tables.ExecuteAsync(
            Table,
            [
                TableOperation.Delete("p", "000", etags[0]!),
                TableOperation.Replace(new TableRow("p", "001") { ["n"] = 11 }, etags[1]!),
                TableOperation.Merge(new TableRow("p", "002") { ["m"] = 22 }, TableOperation.AnyETag),
                TableOperation.Upsert(new TableRow("p", "003") { ["n"] = 33 }),
                TableOperation.Insert(new TableRow("p", "004") { ["n"] = 44 }),
            ],
            Bound);
        Assert.Null(answer[0]);
        var rows = (await Tables.QueryAsync(Table, TableQuery.Of("p"), Bound)).Items;
        Assert.Equal(["001", "002", "003", "004"], rows.Select(row => row.RowKey));
        Assert.Equal(answer.Skip(1), rows.Select(row => row.ETag));
        Assert.Equal([11, 2, 33, 44], rows.Select(row => row["n"]));
        Assert.Equal(22, rows[1]["m"]);
    }

    /// <summary>Batches that are none.</summary>
    [Fact]
    public virtual async Task A_batch_that_is_empty_too_long_of_two_partitions_or_doubled_is_refused_whole()
    {
        await RefusesAsync();
        await RefusesAsync([.. Rows(101)]);
        await RefusesAsync(
            TableOperation.Insert(new TableRow("p", "r")), TableOperation.Insert(new TableRow("q", "s")));
        await RefusesAsync(
            TableOperation.Insert(new TableRow("p", "r")), TableOperation.Upsert(new TableRow("p", "r")));
        await RefusesAsync(
            TableOperation.Insert(new TableRow("p", "r")), TableOperation.Insert(new TableRow("p", "s#")));
        Assert.Empty((await Tables.QueryAsync(Table, new TableQuery(), Bound)).Items);
    }

    /// <summary>4 MiB on the wire, and a little more.</summary>
    [Fact]
    public virtual async Task A_batch_of_4_MiB_is_kept_and_a_larger_one_is_refused_whole()
    {
        await RefusesAsync([.. Large(51)]);
        Assert.Empty((await Tables.QueryAsync(Table, new TableQuery(), Bound)).Items);
        await Tables.ExecuteAsync(Table, [.. Large(50)], Bound);
        Assert.Equal(50, (await Tables.QueryAsync(Table, TableQuery.Of("p"), Bound)).Items.Count);

        static IEnumerable<TableOperation> Large(int count) => Enumerable.Range(0, count)
            .Select(n => TableOperation.Insert(new TableRow("p", $"{n:000}") { ["bytes"] = new byte[60 * 1024] }));
    }

    private static IEnumerable<TableOperation> Rows(int count) =>
        Enumerable.Range(0, count).Select(n => TableOperation.Insert(new TableRow("p", $"{n:000}") { ["n"] = n }));

    private async Task RefusesAsync(params TableOperation[] operations) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Tables.ExecuteAsync(Table, operations, Bound));
}

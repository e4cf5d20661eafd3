using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Rows and their conditions.</summary>
public abstract class TableFacts(HomeFactory factory) : HomeFacts(factory)
{
    private const string Table = "deals";

    private ITableStore Tables => Home.Tables;

    /// <summary>Every type a row can keep, at its edges.</summary>
    [Fact]
    public virtual async Task Every_type_comes_back_as_the_type_and_value_it_was()
    {
        var values = new Dictionary<string, object>
        {
            ["text"] = "Grüße \0 \"quoted\" 👍 'single'",
            ["emptyText"] = "",
            ["looksLikeANumber"] = "0042",
            ["looksLikeATime"] = "2027-01-04T08:00:00Z",
            ["smallest"] = int.MinValue,
            ["largest"] = int.MaxValue,
            ["smallestLong"] = long.MinValue,
            ["largestLong"] = long.MaxValue,
            ["longThatFitsAnInt"] = 7L,
            ["third"] = 1.0 / 3.0,
            ["wholeDouble"] = 2.0,
            ["tiny"] = double.Epsilon,
            ["huge"] = double.MaxValue,
            ["yes"] = true,
            ["no"] = false,
            ["time"] = new DateTimeOffset(2027, 1, 4, 8, 30, 15, TimeSpan.Zero).AddTicks(1_234_567),
            ["earliest"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ["latest"] = DateTimeOffset.MaxValue,
            ["guid"] = new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            ["bytes"] = new byte[] { 0, 1, 127, 128, 255 },
            ["noBytes"] = Array.Empty<byte>(),
        };
        var row = new TableRow("p", "r");
        foreach (var (name, value) in values)
        {
            row[name] = value;
        }

        await Tables.InsertAsync(Table, row);
        var read = await ReadAsync("p", "r");
        Assert.Equal(values.Keys.Order(), read.Properties.Keys.Order());
        foreach (var (name, value) in values)
        {
            Assert.Equal(value.GetType(), read[name]!.GetType());
            Assert.Equal(value, read[name]);
        }
    }

    /// <summary>Doubles that are no numbers.</summary>
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public virtual async Task A_double_that_is_no_number_comes_back_as_it_was(double value)
    {
        await Tables.InsertAsync(Table, new TableRow("p", "r") { ["value"] = value });
        Assert.Equal(value, (await ReadAsync("p", "r"))["value"]);
    }

    /// <summary>Money and enums are text, times are UTC, nulls are not kept.</summary>
    [Fact]
    public virtual async Task Money_enums_zones_and_nulls_are_kept_by_the_rules_of_a_row()
    {
        await Tables.InsertAsync(Table, new TableRow("p", "r")
        {
            ["amount"] = 1234567890123456789.0100m,
            ["stage"] = OrchestrationStatus.Suspended,
            ["time"] = new DateTimeOffset(2027, 1, 4, 16, 0, 0, TimeSpan.FromHours(8)),
            ["nothing"] = null,
        });
        var read = await ReadAsync("p", "r");
        Assert.Equal("1234567890123456789.0100", read.Text("amount"));
        Assert.Equal(1234567890123456789.0100m, read.Number("amount"));
        Assert.Equal(OrchestrationStatus.Suspended, read.Choice<OrchestrationStatus>("stage"));
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 8, 0, 0, TimeSpan.Zero), read.Time("time"));
        Assert.Equal(TimeSpan.Zero, read.Time("time")!.Value.Offset);
        Assert.False(read.Properties.ContainsKey("nothing"));
    }

    /// <summary>What a read says of the row itself.</summary>
    [Fact]
    public virtual async Task A_row_is_read_with_its_keys_its_ETag_and_the_time_it_was_written()
    {
        var etag = await Tables.InsertAsync(Table, new TableRow("p", "r") { ["n"] = 1 });
        var read = await ReadAsync("p", "r");
        Assert.Equal(("p", "r", etag), (read.PartitionKey, read.RowKey, read.ETag));
        Assert.Equal(Home.Now, read.Timestamp!.Value, TimeSpan.FromMinutes(1));
        Assert.Null(await Tables.GetAsync(Table, "p", "R", Bound));
        Assert.Null(await Tables.GetAsync("other", "p", "r", Bound));
        Assert.Empty((await Tables.QueryAsync("nobody", TableQuery.Of("p"), Bound)).Items);
    }

    /// <summary>Insert and its conflict.</summary>
    [Fact]
    public virtual async Task An_insert_of_an_existing_row_conflicts_and_changes_nothing()
    {
        await Tables.InsertAsync(Table, new TableRow("p", "r") { ["n"] = 1 });
        var conflict = await ConflictAsync(TableOperation.Insert(new TableRow("p", "r") { ["n"] = 2 }));
        Assert.Equal(
            (RowConflict.Exists, Table, "p", "r"),
            (conflict.Reason, conflict.Table, conflict.PartitionKey, conflict.RowKey));
        Assert.Equal(1, (await ReadAsync("p", "r"))["n"]);
        Assert.False(await Tables.TryInsertAsync(Table, new TableRow("p", "r") { ["n"] = 3 }));
    }

    /// <summary>Of many who insert one key, one wins.</summary>
    [Fact]
    public virtual async Task Of_forty_inserts_of_one_row_one_wins()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 40).Select(n =>
            Tables.TryInsertAsync(Table, new TableRow("p", "r") { ["n"] = n })));
        var winner = Assert.Single(Enumerable.Range(0, 40), n => won[n]);
        Assert.Equal(winner, (await ReadAsync("p", "r"))["n"]);
    }

    /// <summary>Replace takes everything, merge keeps the rest, upsert asks nothing.</summary>
    [Fact]
    public virtual async Task Replace_is_whole_merge_keeps_the_rest_and_upsert_asks_nothing()
    {
        var first = await Tables.InsertAsync(Table, new TableRow("p", "r") { ["a"] = 1, ["b"] = 2 });
        var second = (await OneAsync(TableOperation.Merge(new TableRow("p", "r") { ["b"] = 3, ["c"] = 4 }, first)))!;
        await HoldsAsync("a=1 b=3 c=4");
        var third = await Tables.ReplaceAsync(Table, new TableRow("p", "r") { ["d"] = 5 }, second);
        await HoldsAsync("d=5");
        var fourth = await Tables.UpsertAsync(Table, new TableRow("p", "r") { ["e"] = 6 });
        await HoldsAsync("e=6");
        Assert.Equal(4, new[] { first, second, third, fourth }.Distinct().Count());

        await Tables.DeleteAsync(Table, "p", "r", fourth);
        Assert.Null(await Tables.GetAsync(Table, "p", "r", Bound));
        await Tables.UpsertAsync(Table, new TableRow("p", "r") { ["f"] = 7 });
        await HoldsAsync("f=7");

        async Task HoldsAsync(string expected)
        {
            var row = await ReadAsync("p", "r");
            Assert.Equal(
                expected, string.Join(' ', row.Properties.OrderBy(p => p.Key).Select(p => $"{p.Key}={p.Value}")));
        }
    }

    /// <summary>Writes under an ETag that is not the row's any more.</summary>
    [Fact]
    public virtual async Task A_write_under_an_old_ETag_conflicts_and_changes_nothing()
    {
        var old = await Tables.InsertAsync(Table, new TableRow("p", "r") { ["n"] = 1 });
        await Tables.ReplaceAsync(Table, new TableRow("p", "r") { ["n"] = 2 }, old);

        Assert.Equal(RowConflict.Changed, (await ConflictAsync(TableOperation.Replace(New(3), old))).Reason);
        Assert.Equal(RowConflict.Changed, (await ConflictAsync(TableOperation.Merge(New(3), old))).Reason);
        Assert.Equal(RowConflict.Changed, (await ConflictAsync(TableOperation.Delete("p", "r", old))).Reason);
        Assert.Equal(2, (await ReadAsync("p", "r"))["n"]);

        await Tables.ReplaceAsync(Table, New(4), TableOperation.AnyETag);
        Assert.Equal(4, (await ReadAsync("p", "r"))["n"]);
        await Tables.DeleteAsync(Table, "p", "r", TableOperation.AnyETag);
        Assert.Null(await Tables.GetAsync(Table, "p", "r", Bound));

        static TableRow New(int n) => new("p", "r") { ["n"] = n };
    }

    /// <summary>An ETag of a row that was removed and made again is old too.</summary>
    [Fact]
    public virtual async Task A_row_made_anew_does_not_take_the_ETag_of_the_one_before()
    {
        var old = await Tables.InsertAsync(Table, new TableRow("p", "r") { ["n"] = 1 });
        await Tables.DeleteAsync(Table, "p", "r", old);
        await Tables.InsertAsync(Table, new TableRow("p", "r") { ["n"] = 1 });
        Assert.Equal(
            RowConflict.Changed,
            (await ConflictAsync(TableOperation.Replace(new TableRow("p", "r") { ["n"] = 2 }, old))).Reason);
    }

    /// <summary>Writes to a row that is not there.</summary>
    [Fact]
    public virtual async Task A_conditional_write_to_a_missing_row_conflicts()
    {
        var etag = await Tables.InsertAsync(Table, new TableRow("p", "other") { ["n"] = 1 });
        foreach (var condition in new[] { TableOperation.AnyETag, etag })
        {
            var row = new TableRow("p", "r") { ["n"] = 1 };
            Assert.Equal(RowConflict.Missing, (await ConflictAsync(TableOperation.Replace(row, condition))).Reason);
            Assert.Equal(RowConflict.Missing, (await ConflictAsync(TableOperation.Merge(row, condition))).Reason);
            Assert.Equal(RowConflict.Missing, (await ConflictAsync(TableOperation.Delete("p", "r", condition))).Reason);
        }

        Assert.Null(await Tables.GetAsync(Table, "p", "r", Bound));
    }

    /// <summary>A counter under optimistic races loses no step.</summary>
    [Fact]
    public virtual async Task Many_writers_of_one_row_lose_no_update_to_each_other()
    {
        await Tables.InsertAsync(Table, new TableRow("p", "r") { ["n"] = 0 });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var done = 0; done < 10;)
            {
                var row = await ReadAsync("p", "r");
                row["n"] = (int)row["n"]! + 1;
                try
                {
                    await Tables.ReplaceAsync(Table, row, row.ETag!);
                    done++;
                }
                catch (RowConflictException conflict) when (conflict.Reason == RowConflict.Changed)
                {
                    // Another writer was faster: read again.
                }
            }
        }));
        Assert.Equal(80, (await ReadAsync("p", "r"))["n"]);
    }

    /// <summary>What was acknowledged is there after a crash.</summary>
    [Fact]
    public virtual async Task A_write_that_was_acknowledged_survives_a_crash()
    {
        var etag = await Tables.InsertAsync(Table, new TableRow("p", "r") { ["n"] = 1 });
        await Home.CrashAndRestartAsync();
        Assert.Equal(etag, (await ReadAsync("p", "r")).ETag);
        await Tables.ReplaceAsync(Table, new TableRow("p", "r") { ["n"] = 2 }, etag);
        await Home.RestartAsync();
        Assert.Equal(2, (await ReadAsync("p", "r"))["n"]);
    }

    private async Task<TableRow> ReadAsync(string partition, string row)
    {
        var read = await Tables.GetAsync(Table, partition, row, Bound);
        Assert.NotNull(read);
        return read;
    }

    private async Task<string?> OneAsync(TableOperation operation) =>
        Assert.Single(await Tables.ExecuteAsync(Table, [operation], Bound));

    private Task<RowConflictException> ConflictAsync(TableOperation operation) =>
        Assert.ThrowsAsync<RowConflictException>(() => Tables.ExecuteAsync(Table, [operation], Bound));
}

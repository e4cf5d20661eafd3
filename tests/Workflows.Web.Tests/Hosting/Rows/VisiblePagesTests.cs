using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Tests.Hosting.Rows;

public sealed class VisiblePagesTests
{
    private static readonly FieldRights Seen = new(Role.Sales, MayChange: true);

    private readonly VisiblePages _pages = new(new EphemeralDataProtectionProvider());
    private int _rowsRead;

    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 7)]
    [InlineData(40, 50)]
    [InlineData(250, 50)]
    [InlineData(1000, 5)]
    public async Task Every_row_that_is_seen_is_on_one_page_in_its_order(int each, int size)
    {
        var seen = new List<int>();
        string? next = null;
        do
        {
            var page = await ReadAsync(rows: 1500, each, size, next, mostRows: 2000);
            Assert.True(page.Items.Count <= size);
            Assert.True(page.Items.Count == size || page.Continuation is null, "A page is short.");
            seen.AddRange(page.Items);
            next = page.Continuation;
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 1500).Where(row => row % each == 0), seen);
    }

    [Fact]
    public async Task A_page_costs_a_bounded_number_of_rows_however_many_are_others_and_the_next_one_goes_on()
    {
        var first = await ReadAsync(rows: 1_000_000, each: int.MaxValue, size: 50, null, mostRows: 2000);
        Assert.Equal([0], first.Items);
        Assert.Equal(2000, _rowsRead);

        var second = await ReadAsync(rows: 1_000_000, each: int.MaxValue, size: 50, first.Continuation, mostRows: 2000);
        Assert.Empty(second.Items);
        Assert.NotNull(second.Continuation);
        Assert.Equal(4000, _rowsRead);
    }

    [Fact]
    public async Task A_continuation_names_no_row_and_only_ours_is_taken()
    {
        var page = await ReadAsync(rows: 5000, each: int.MaxValue, size: 50, null, mostRows: 2000);

        Assert.DoesNotContain("row-1999", page.Continuation, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FormatException>(
            () => ReadAsync(rows: 5000, each: 1, size: 50, "row-1999", mostRows: 2000));
    }

    private Task<Page<int>> ReadAsync(int rows, int each, int size, string? continuation, int mostRows) =>
        _pages.FillAsync(
            size,
            continuation,
            mostRows,
            (most, from) =>
            {
                var first = from is null ? 0 : int.Parse(from.AsSpan("row-".Length), CultureInfo.InvariantCulture) + 1;
                var read = Enumerable.Range(first, Math.Min(most, rows - first)).ToList();
                _rowsRead += read.Count;
                return Task.FromResult(new Page<int>(read, first + most >= rows ? null : $"row-{first + most - 1}"));
            },
            row => Task.FromResult(row % each == 0 ? Seen : null),
            (_, row) => row);
}

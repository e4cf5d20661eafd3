using Workflows.Platform;

namespace Workflows.Tests.Platform;

public sealed class NewestFirstKeyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Later_moments_sort_before_earlier_ones()
    {
        string[] keys =
        [
            NewestFirstKey.Of(DateTimeOffset.MaxValue, "a"),
            NewestFirstKey.Of(Noon.AddTicks(1), "a"),
            NewestFirstKey.Of(Noon, "a"),
            NewestFirstKey.Of(Noon, "b"),
            NewestFirstKey.Of(Noon.AddYears(-1), "a"),
            NewestFirstKey.Of(DateTimeOffset.MinValue, "a"),
        ];
        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_empty_id_is_the_prefix_of_all_keys_of_its_moment() =>
        Assert.StartsWith(NewestFirstKey.Of(Noon, ""), NewestFirstKey.Of(Noon, "deal"), StringComparison.Ordinal);

    [Fact]
    public void The_moment_counts_and_not_its_offset() =>
        Assert.Equal(NewestFirstKey.Of(Noon, "a"), NewestFirstKey.Of(Noon.ToOffset(TimeSpan.FromHours(8)), "a"));
}

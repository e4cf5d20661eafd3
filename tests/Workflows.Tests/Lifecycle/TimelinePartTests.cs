using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;

namespace Workflows.Tests.Lifecycle;

public class TimelinePartTests
{
    [Fact]
    public async Task A_timeline_is_read_from_its_end_part_by_part()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        Assert.Equal([2, 3], await NumbersAsync(given, before: null, most: 2));
        Assert.Equal([1], await NumbersAsync(given, before: 2, most: 2));
        Assert.Equal([1, 2, 3], await NumbersAsync(given, before: null, most: 100));
        Assert.Equal([3], await NumbersAsync(given, before: 100, most: 97));
        Assert.Empty(await NumbersAsync(given, before: 1, most: 2));
        Assert.Null((await PartAsync(given, before: null, most: 3)).EarlierBefore);
        Assert.Equal(2, (await PartAsync(given, before: null, most: 2)).EarlierBefore);
    }

    [Fact]
    public async Task A_deal_of_before_whose_last_number_is_not_kept_is_read_the_same()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        Assert.True(await given.Scenario.Tables.DeleteIfPresentAsync("Deals", given.Id.Value, "entries"));

        Assert.Equal([2, 3], await NumbersAsync(given, before: null, most: 2));
        await given.ReceiveAsync(given.Inquiry with { Message = "Any news?" }, "m2");
        Assert.Equal([3, 4], await NumbersAsync(given, before: null, most: 2));
    }

    private static Task<TimelinePart> PartAsync(DealScenario given, int? before, int most) =>
        given.Scenario.Get<DealService>().TimelineAsync(given.Id, before, most, given.Scenario.Bound);

    private static async Task<IEnumerable<int>> NumbersAsync(DealScenario given, int? before, int most) =>
        (await PartAsync(given, before, most)).Entries.Select(entry => entry.Number);
}

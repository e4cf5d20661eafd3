using System.Text.Json.Nodes;
using Workflows.Conformance;
using Workflows.Embedded.Tests.Serving;

namespace Workflows.Embedded.Tests.Sweeps;

/// <summary>A home begins on a Monday, at four o'clock in the company's zone; work ends at half past five.</summary>
public sealed class SweepLoopTests : IAsyncLifetime
{
    private RunningHome _home = null!;

    public async Task InitializeAsync() => _home = await RunningHome.StartAsync(sweeps: true);

    public async Task DisposeAsync() => await _home.DisposeAsync();

    [Fact]
    public async Task People_are_notified_of_a_deal_that_was_ended_and_not_of_one_that_goes_on()
    {
        var ended = await _home.AssignedAsync("INQ-1");
        await _home.AssignedAsync("INQ-2");
        await _home.PostAsync($"/api/instances/{ended}/terminate", new { reason = "by mistake" });
        Assert.Empty(await NoticesAsync());

        var notices = await PassUntilAsync(mails => mails.Count >= 2);
        await PassUntilAsync(_ => Minutes() >= 75);

        Assert.All(notices, mail => Assert.Equal(ended, (string?)mail["about"]));
        Assert.Equal(2, (await NoticesAsync()).Count);
    }

    [Fact]
    public async Task A_home_that_was_off_for_days_looks_once_when_it_is_back()
    {
        var ended = await _home.AssignedAsync("INQ-1");
        await PassUntilAsync(_ => Minutes() >= 30);
        await _home.PostAsync($"/api/instances/{ended}/terminate", new { reason = "by mistake" });
        await _home.StopAsync();
        _home.Clock.Advance(TimeSpan.FromDays(3));

        await _home.StartAgainAsync();
        var back = Minutes();
        await PassUntilAsync(mails => mails.Count >= 2);
        var notices = await PassUntilAsync(_ => Minutes() >= back + 45);

        Assert.All(notices, mail => Assert.Equal(ended, (string?)mail["about"]));
        Assert.Equal(2, notices.Count);
    }

    private double Minutes() =>
        (_home.Clock.GetUtcNow() - new DateTimeOffset(2027, 1, 4, 8, 0, 0, TimeSpan.Zero)).TotalMinutes;

    /// <summary>Lets time pass, in small steps: the loop may have been looking while the clock was moved.</summary>
    private Task<List<JsonNode>> PassUntilAsync(Func<List<JsonNode>, bool> fits) => Eventually.ValueAsync(
        () =>
        {
            _home.Clock.Advance(TimeSpan.FromMinutes(5));
            return NoticesAsync();
        },
        fits,
        "the sweeps have done their part");

    private async Task<List<JsonNode>> NoticesAsync() =>
        [.. ((JsonArray)(await _home.GetAsync("/api/mails?kind=inquiry-unattended&limit=200"))["items"]!)
            .OfType<JsonNode>()];
}

using Workflows.Platform;

namespace Workflows.Tests.Platform;

public sealed class ConflictRetryTests
{
    [Fact]
    public async Task An_attempt_that_conflicts_runs_again_whatever_the_reason()
    {
        var reasons = new Queue<RowConflict>(Enum.GetValues<RowConflict>());
        var result = await ConflictRetry.RunAsync(
            () => reasons.TryDequeue(out var reason) ? throw Conflict(reason) : Task.FromResult("written"));
        Assert.Equal(("written", 0), (result, reasons.Count));
    }

    [Fact]
    public async Task The_last_attempt_that_is_allowed_throws_its_conflict()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<RowConflictException>(() => ConflictRetry.RunAsync<string>(3, () =>
        {
            attempts++;
            throw Conflict(RowConflict.Changed);
        }));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Another_failure_is_not_repeated()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<HomeUnavailableException>(() => ConflictRetry.RunAsync<string>(() =>
        {
            attempts++;
            throw new HomeUnavailableException("The store does not answer.", TimeSpan.FromSeconds(1));
        }));
        Assert.Equal(1, attempts);
    }

    private static RowConflictException Conflict(RowConflict reason) => new("Deals", "p", "r", reason);
}

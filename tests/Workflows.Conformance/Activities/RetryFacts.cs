using System.Collections.Concurrent;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Retries: how many, how far apart, and when not.</summary>
public abstract class RetryFacts(HomeFactory factory) : HomeFacts(factory)
{
    private readonly Mark _failures = new();

    /// <summary>Row 36.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public virtual async Task C36_a_failing_activity_runs_exactly_as_often_as_the_policy_says(int attempts)
    {
        var numbers = new ConcurrentQueue<int>();
        var step = Failing(context => numbers.Enqueue(context.Attempt));
        var id = await StartAsync(async (context, _) =>
            await context.DoAsync<string>(step, Policy(attempts, TimeSpan.FromSeconds(1))));

        await AdvanceThroughAsync(_failures, Enumerable.Repeat(TimeSpan.FromSeconds(1), attempts - 1));
        Assert.True((await FailureAsync(id)).Inner!.IsCausedBy<InvalidOperationException>());
        Assert.Equal(Enumerable.Range(1, attempts), numbers);
    }

    /// <summary>Row 37.</summary>
    [Fact]
    public virtual async Task C37_the_waits_grow_to_the_longest_and_stay_there()
    {
        var times = new ConcurrentQueue<DateTimeOffset>();
        var step = Failing(context => times.Enqueue(context.UtcNow));
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(
            step, Policy(6, TimeSpan.FromSeconds(1), coefficient: 2, longest: TimeSpan.FromSeconds(8))));

        int[] waits = [1, 2, 4, 8, 8];
        await AdvanceThroughAsync(_failures, waits.Select(wait => TimeSpan.FromSeconds(wait)));
        await FailureAsync(id);
        Assert.Equal(
            waits, times.Zip(times.Skip(1), (earlier, later) => (int)Math.Round((later - earlier).TotalSeconds)));
    }

    /// <summary>Row 37: not before its time.</summary>
    [Fact]
    public virtual async Task C37_a_retry_does_not_start_early()
    {
        var runs = new Mark();
        var step = Failing(_ => runs.Hit());
        var id = await StartAsync(async (context, _) =>
            await context.DoAsync<string>(step, Policy(2, TimeSpan.FromHours(1))));

        await _failures.ReachedAsync();
        await RoundAsync();
        await Home.AdvanceAsync(TimeSpan.FromMinutes(59));
        await RoundAsync();
        Assert.Equal(1, runs.Count);
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));
        await FailureAsync(id);
        Assert.Equal(2, runs.Count);
    }

    /// <summary>Row 38.</summary>
    [Fact]
    public virtual async Task C38_no_attempt_starts_past_the_deadline_and_the_last_error_is_shown()
    {
        var runs = 0;
        var step = Step((_, _) =>
        {
            _failures.Hit();
            throw new InvalidOperationException($"failure {Interlocked.Increment(ref runs)}");
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(
            step, Policy(100, TimeSpan.FromSeconds(1), coefficient: 2, deadline: TimeSpan.FromSeconds(5))));

        // Attempts at 0, 1 and 3 s; the next would be at 7 s.
        await AdvanceThroughAsync(_failures, [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
        Assert.Equal("failure 3", (await FailureAsync(id)).Inner!.Message);
        Assert.Equal(3, runs);
    }

    /// <summary>Row 39: the policy says no.</summary>
    [Fact]
    public virtual async Task C39_a_failure_that_the_policy_does_not_handle_is_not_retried()
    {
        var runs = new Mark();
        var step = Failing(_ => runs.Hit());
        var policy = new CallRetryPolicy(
            10, TimeSpan.FromSeconds(1), handle: failure => failure.IsCausedBy<TimeoutException>());
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step, policy));

        Assert.True((await FailureAsync(id)).Inner!.IsCausedBy<InvalidOperationException>());
        Assert.Equal(1, runs.Count);
    }

    /// <summary>Row 39: the policy itself fails.</summary>
    [Fact]
    public virtual async Task C39_when_the_policy_throws_the_first_error_wins()
    {
        var runs = new Mark();
        var step = Failing(_ => runs.Hit());
        var policy = new CallRetryPolicy(10, TimeSpan.FromSeconds(1), handle: _ => throw new NotSupportedException());
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step, policy));

        Assert.True((await FailureAsync(id)).Inner!.IsCausedBy<InvalidOperationException>());
        Assert.Equal(1, runs.Count);
    }

    /// <summary>Row 40, and row 50's count for sub-orchestrations.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public virtual async Task C40_the_policy_is_asked_once_for_each_failure_that_another_try_could_follow(bool sub)
    {
        const int Attempts = 5;
        var asked = new Mark();
        var askedOutsideReplay = new Mark();
        var runs = new Mark();
        var step = Failing(_ => runs.Hit());
        var child = Story((_, _) =>
        {
            runs.Hit();
            throw new InvalidOperationException("no");
        });
        var id = await StartAsync(async (context, _) =>
        {
            var policy = new CallRetryPolicy(Attempts, TimeSpan.FromSeconds(1), handle: _ =>
            {
                (context.IsReplaying ? asked : askedOutsideReplay).Hit();
                return true;
            });
            return sub
                ? await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions(Retry: policy))
                : await context.DoAsync<string>(step, policy);
        });

        await AdvanceThroughAsync(askedOutsideReplay, Enumerable.Repeat(TimeSpan.FromSeconds(1), Attempts - 1));
        await FailureAsync(id);
        Assert.Equal(Attempts - 1, askedOutsideReplay.Count);
        Assert.Equal(Attempts, runs.Count);
    }

    /// <summary>Row 41.</summary>
    [Fact]
    public virtual void C41_a_policy_out_of_bounds_is_refused_when_it_is_built()
    {
        var second = TimeSpan.FromSeconds(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallRetryPolicy(0, second));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallRetryPolicy(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallRetryPolicy(1, second, backoffCoefficient: 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallRetryPolicy(1, second, maxInterval: second / 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallRetryPolicy(1, second, deadline: second / 2));
        Assert.Equal(1, new CallRetryPolicy(1, second, 1, second, second).MaxAttempts);
    }

    /// <summary>A retry's wait is durable: the home may be down for all of it.</summary>
    [Fact]
    public virtual async Task A_retry_survives_a_restart_in_its_wait_and_counts_on()
    {
        var numbers = new ConcurrentQueue<int>();
        var step = Step((context, _) =>
        {
            numbers.Enqueue(context.Attempt);
            return context.Attempt < 3
                ? throw new InvalidOperationException("not yet")
                : Task.FromResult<object?>("at last");
        });
        var id = await StartAsync(async (context, _) =>
            await context.DoAsync<string>(step, Policy(5, TimeSpan.FromHours(1))));

        await Eventually.TrueAsync(() => numbers.Count == 1, "the first attempt");
        await RoundAsync();
        await Home.RestartAsync(downtime: TimeSpan.FromHours(2));
        await Eventually.TrueAsync(() => numbers.Count == 2, "the second attempt");
        await RoundAsync();
        await Home.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("at last", await ResultAsync<string>(id));
        Assert.Equal([1, 2, 3], numbers);
    }

    private ScriptCall Failing(Action<ActivityContext> note) => Step((context, _) =>
    {
        note(context);
        _failures.Hit();
        throw new InvalidOperationException("no");
    });

    private static CallRetryPolicy Policy(
        int attempts,
        TimeSpan first,
        double coefficient = 1,
        TimeSpan? longest = null,
        TimeSpan? deadline = null) =>
        new(attempts, first, coefficient, longest, deadline);

    /// <summary>After each failure, once its wait is set, lets the clock move by exactly the wait.</summary>
    private async Task AdvanceThroughAsync(Mark failed, IEnumerable<TimeSpan> waits)
    {
        var failures = 0;
        foreach (var wait in waits)
        {
            await failed.ReachedAsync(++failures);
            await RoundAsync();
            await Home.AdvanceAsync(wait);
        }
    }
}

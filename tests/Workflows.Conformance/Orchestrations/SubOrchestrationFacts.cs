using System.Collections.Concurrent;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Sub-orchestrations: results, failures, ids, and ends that reach down or not.</summary>
public abstract class SubOrchestrationFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 49.</summary>
    [Fact]
    public virtual async Task C49_an_orchestration_may_call_itself()
    {
        var sum = Story(async (context, call) =>
        {
            var n = call.Read<int>();
            return n == 0 ? 0 : n + await context.RunSubAsync<int>(call.With(n - 1));
        });
        Assert.Equal(15, await ResultAsync<int>(await StartAsync(sum.With(5))));
    }

    /// <summary>Row 50.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public virtual async Task C50_a_failing_child_runs_as_often_as_the_policy_says_and_its_failure_is_told(int attempts)
    {
        var runs = new Mark();
        var child = Story((context, _) =>
        {
            runs.Hit(context);
            throw new InvalidOperationException("the child said no");
        });
        var policy = new CallRetryPolicy(attempts, TimeSpan.FromSeconds(1));
        var id = await StartAsync(async (context, _) =>
            await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions(Retry: policy)));

        for (var failed = 1; failed < attempts; failed++)
        {
            await runs.ReachedAsync(failed);
            await RoundAsync();
            await Home.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        var failure = await FailureAsync(id);
        Assert.True(failure.IsCausedBy<CallFailedException>(), failure.Type);
        Assert.Equal("the child said no", failure.Inner!.Message);
        Assert.True(failure.Inner.IsCausedBy<InvalidOperationException>());
        Assert.Equal(attempts, runs.Count);
    }

    /// <summary>Row 51.</summary>
    [Fact]
    public virtual async Task C51_given_and_derived_child_ids_are_the_same_in_every_replay()
    {
        var child = Story(async (context, _) =>
        {
            await Echo.CallAsync(context, "busy");
            return new Family(context.InstanceId, context.ParentInstanceId);
        });
        var seen = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var given = await context.RunSubAsync<Family>(child, new SubOrchestrationCallOptions("invoice-7"));
            var derived = await context.RunSubAsync<Family>(child);
            var another = await context.RunSubAsync<Family>(child);
            seen.Hit();
            await context.WaitForEventAsync<string>("close");
            return new[] { given, derived, another };
        });

        await seen.ReachedAsync();
        await Home.RestartAsync();
        await GiveAsync(id, "close");

        var family = await ResultAsync<Family[]>(id);
        Assert.Equal("invoice-7", family[0].Child);
        Assert.All(family, member => Assert.Equal(id, member.Parent));
        Assert.Equal(3, family.Select(member => member.Child).Distinct().Count());
        Assert.All(family, member => InstanceIds.ThrowIfInvalid(member.Child));
        var all = await Client.QueryAsync(new InstanceQuery(), Bound);
        Assert.Equal(
            family.Select(member => member.Child).Append(id).Order(), all.Items.Select(i => i.InstanceId).Order());
        Assert.Equal(id, (await StateAsync("invoice-7")).ParentInstanceId);
    }

    /// <summary>Row 51: the id belongs to another instance.</summary>
    [Fact]
    public virtual async Task C51_a_child_whose_id_is_taken_fails_the_call_and_leaves_the_owner_alone()
    {
        var owner = await StartAsync(
            Story(async (context, _) => await context.WaitForEventAsync<string>("close")), "taken");
        var child = Story((_, _) => Task.FromResult<object?>("child"));
        var id = await StartAsync(async (context, _) =>
            await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("taken")));

        var failure = await FailureAsync(id);
        Assert.True(failure.IsCausedBy<CallFailedException>(), failure.Type);
        Assert.Contains("taken", failure.Message, StringComparison.Ordinal);
        await GiveAsync(owner, "close", "unharmed");
        Assert.Equal("unharmed", await ResultAsync<string>(owner));
    }

    /// <summary>Row 52.</summary>
    [Fact]
    public virtual async Task C52_terminating_a_child_fails_the_parents_call()
    {
        var child = Story(async (context, _) => await context.WaitForEventAsync<string>("never"));
        var id = await StartAsync(async (context, _) =>
        {
            try
            {
                return await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("child"));
            }
            catch (CallFailedException failed)
            {
                return $"heard: {failed.Failure.Message}";
            }
        });

        await ExistsAsync("child");
        Assert.Equal(OperationOutcome.Done, await Client.TerminateAsync("child", "no longer wanted", false, Bound));
        var heard = await ResultAsync<string>(id);
        Assert.StartsWith("heard: ", heard, StringComparison.Ordinal);
        Assert.Contains("no longer wanted", heard, StringComparison.Ordinal);
    }

    /// <summary>Row 53.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public virtual async Task C53_terminating_a_parent_ends_its_children_only_when_asked_to(bool recursive)
    {
        var effects = new Mark();
        var effect = Step(effects.Hit);
        var grandchild = Story(async (context, _) =>
        {
            var go = await context.WaitForEventAsync<string>("go");
            await context.DoAsync(effect);
            return go;
        });
        var child = Story(async (context, _) =>
            await context.RunSubAsync<string>(grandchild, new SubOrchestrationCallOptions("grandchild")));
        var id = await StartAsync(async (context, _) =>
            await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("child")));

        await ExistsAsync("grandchild");
        Assert.Equal(OperationOutcome.Done, await Client.TerminateAsync(id, "over", recursive, Bound));
        Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync(id)).Status);
        if (recursive)
        {
            Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync("child")).Status);
            Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync("grandchild")).Status);
            Assert.Equal(RaiseOutcome.TooLate, await RaiseAsync("grandchild", "go"));
            await RoundAsync();
            Assert.Equal(0, effects.Count);
        }
        else
        {
            await GiveAsync("grandchild", "go", "went on");
            Assert.Equal("went on", await ResultAsync<string>("grandchild"));
            Assert.Equal("went on", await ResultAsync<string>("child"));
            Assert.Equal(1, effects.Count);
        }

        Assert.Equal(OrchestrationStatus.Terminated, (await StateAsync(id)).Status);
    }

    /// <summary>Row 54.</summary>
    [Fact]
    public virtual async Task C54_the_parent_gets_the_result_of_its_childs_last_generation_once()
    {
        var results = new ConcurrentQueue<int>();
        var child = Story((context, call) =>
        {
            var generation = call.Read<int>();
            if (generation < 5)
            {
                context.ContinueAsNew(call.With(generation + 1));
            }

            return Task.FromResult<object?>(generation);
        });
        var id = await StartAsync(async (context, _) =>
        {
            results.Enqueue(await context.RunSubAsync<int>(child.With(1)));
            return results.Count;
        });
        Assert.Equal(1, await ResultAsync<int>(id));
        Assert.Equal([5], results);
    }

    /// <summary>Row 55.</summary>
    [Fact]
    public virtual async Task C55_a_child_that_was_only_started_outlives_its_parent()
    {
        var child = Story(async (context, _) =>
            $"{await context.WaitForEventAsync<string>("go")}, parent {context.ParentInstanceId ?? "none"}");
        var id = await StartAsync((context, _) =>
        {
            Scripted.Start(context, child, "free");
            Scripted.Start(context, child, "free");
            return Task.FromResult<object?>("gone");
        });

        Assert.Equal("gone", await ResultAsync<string>(id));
        var parent = await StateAsync(id);
        await GiveAsync("free", "go", "went on");
        Assert.Equal("went on, parent none", await ResultAsync<string>("free"));
        await RoundAsync();
        await UnchangedAsync(parent);
    }

    /// <summary>A typed call, by the class of the sub-orchestration.</summary>
    [Fact]
    public virtual async Task A_child_is_called_by_its_type_and_recorded_by_its_name()
    {
        var id = await StartAsync(async (context, _) =>
            await EchoStory.CallAsync(context, "hello", new SubOrchestrationCallOptions("typed")));
        Assert.Equal("hello", await ResultAsync<string>(id));
        Assert.Equal(EchoStory.Name, (await StateAsync("typed")).Orchestration);
    }

    private async Task ExistsAsync(string id) =>
        await Eventually.ValueAsync(() => Client.GetAsync(id, Bound), state => state is not null, $"{id} to exist");

    private sealed record Family(string Child, string? Parent);
}

using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>
/// Two processes of the app on one hub and one storage account: nothing that counts is decided in memory.
/// </summary>
public sealed class SharedHubTests() : HomeFacts(new DurableHomeFactory())
{
    private const int Events = 20;
    private const int Steps = 30;

    /// <summary>host.json's <c>maxConcurrentActivityFunctions</c>.</summary>
    private const int RoomForSteps = 20;

    [Fact]
    public async Task Events_that_two_processes_raise_at_once_count_once_each_and_none_is_lost()
    {
        await using var second = (DurableHome)await Home.StartSecondAsync();
        var id = await StartAsync(async (context, _) =>
        {
            var taken = new List<string>();
            while (taken.Count < Events)
            {
                taken.Add(await context.WaitForEventAsync<string>("paid"));
            }

            return string.Join(' ', taken.Order(StringComparer.Ordinal));
        });

        var raised = await Task.WhenAll(Enumerable.Range(0, Events).SelectMany(n => new[] { Client, second.Client }
            .Select(client => client.RaiseEventAsync(id, "paid", $"{n:00}", $"bank-{n}", Bound))));
        Assert.Equal(Events, raised.Count(outcome => outcome == RaiseOutcome.Accepted));
        Assert.Equal(
            string.Join(' ', Enumerable.Range(0, Events).Select(n => $"{n:00}")), await ResultAsync<string>(id));
    }

    [Fact]
    public async Task Of_two_processes_that_start_the_same_instance_one_succeeds()
    {
        await using var second = (DurableHome)await Home.StartSecondAsync();
        var steps = new Mark();
        var step = Step(steps.Hit);
        var story = Story(async (context, _) =>
        {
            await context.DoAsync(step);
            return "done";
        });

        for (var n = 0; n < 10; n++)
        {
            var options = new ScheduleOptions($"deal-{n}");
            var outcomes = await Task.WhenAll(new[] { Client, second.Client }
                .Select(client => Scripted.ScheduleAsync(client, story, options, Bound)));
            Assert.Single(outcomes, outcome => outcome.Created);
            Assert.Equal("done", await ResultAsync<string>(options.InstanceId));
        }

        Assert.Equal(10, steps.Count);
    }

    [Fact]
    public async Task Steps_that_one_process_has_no_room_for_are_run_by_the_other()
    {
        await using var second = (DurableHome)await Home.StartSecondAsync();
        var gate = NewGate();
        var step = StepThrough(gate);
        var id = await StartAsync(async (context, _) =>
        {
            await Task.WhenAll(Enumerable.Range(0, Steps).Select(n => context.DoAsync<int>(step.With(n))));
            return "done";
        });
        await gate.ArrivedAsync(Steps);
        gate.Open();
        Assert.Equal("done", await ResultAsync<string>(id));
        Assert.InRange(second.Activities, Steps - RoomForSteps, RoomForSteps);
    }
}

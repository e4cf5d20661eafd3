using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// Row 72, for orchestrations that name who takes what they leave: an event that was accepted is taken, or handed
/// over, once.
/// </summary>
public abstract class UntakenEventFacts(HomeFactory factory) : HomeFacts(factory)
{
    private static readonly ExternalEvent<int> Note = new("note");

    /// <summary>What an orchestration had not taken when it returned is handed over.</summary>
    [Fact]
    public virtual async Task C72_events_that_a_completed_instance_did_not_take_are_handed_over()
    {
        var gate = NewGate();
        var id = await BeginAsync(async (context, _) =>
        {
            var first = await Note.WaitAsync(context);
            await context.DoAsync(StepThrough(gate));
            return first;
        });
        await NoteAsync(id, 1);
        await gate.ArrivedAsync();
        await NoteAsync(id, 2);
        await NoteAsync(id, 3);
        gate.Open();

        Assert.Equal(1, await ResultAsync<int>(id));
        await HandedOverAsync(id, 2, 3);
    }

    /// <summary>The same when it failed.</summary>
    [Fact]
    public virtual async Task C72_events_that_a_failed_instance_did_not_take_are_handed_over()
    {
        var gate = NewGate();
        var id = await BeginAsync(async (context, _) =>
        {
            await context.DoAsync(StepThrough(gate));
            throw new InvalidOperationException("broken");
        });
        await gate.ArrivedAsync();
        await NoteAsync(id, 1);
        gate.Open();

        await FailureAsync(id);
        await HandedOverAsync(id, 1);
    }

    /// <summary>The same when it was terminated.</summary>
    [Fact]
    public virtual async Task C72_events_that_a_terminated_instance_did_not_take_are_handed_over()
    {
        var id = await BeginAsync(async (context, _) => await context.WaitForEventAsync<int>("never"));
        await NoteAsync(id, 1);
        await NoteAsync(id, 2);
        await RoundAsync();

        await Client.TerminateAsync(id, "enough", recursive: false, Bound);
        await HandedOverAsync(id, Traits.HandsOverWhenTerminated ? [1, 2] : []);
    }

    /// <summary>The same when it was suspended before, after some events and before others.</summary>
    [Fact]
    public virtual async Task C72_events_that_a_suspended_instance_held_are_handed_over_when_it_is_terminated()
    {
        var id = await BeginAsync(async (context, _) => await context.WaitForEventAsync<int>("never"));
        await NoteAsync(id, 1);
        await RoundAsync();
        await Client.SuspendAsync(id, "wait", Bound);
        await NoteAsync(id, 2);
        await Home.RestartAsync();

        await Client.TerminateAsync(id, "enough", recursive: false, Bound);
        await HandedOverAsync(id, Traits.HandsOverWhenTerminated ? [1, 2] : []);
    }

    /// <summary>An event that another instance sends has nobody who is told that it came too late.</summary>
    [Fact]
    public virtual async Task C72_an_event_that_an_instance_sends_to_an_ended_one_is_handed_over()
    {
        var id = await BeginAsync((_, _) => Task.FromResult<object?>("done"));
        await EndAsync(id);
        var sender = await StartAsync((context, _) =>
        {
            Note.Send(context, id, 7);
            return Task.FromResult<object?>("sent");
        });

        await EndAsync(sender);
        await HandedOverAsync(id, 7);
    }

    /// <summary>Many raises race with the end: each is taken, handed over, or told to its sender as too late.</summary>
    [Fact]
    public virtual async Task C72_of_events_that_race_with_the_end_none_is_lost()
    {
        const int Events = 12;
        for (var round = 0; round < 10; round++)
        {
            var id = await BeginAsync(async (context, _) =>
            {
                var taken = new List<int> { await Note.WaitAsync(context), await Note.WaitAsync(context) };
                await Echo.CallAsync(context, "the last step");
                return taken;
            });

            var outcomes = await Task.WhenAll(Enumerable.Range(0, Events).Select(n => RaiseAsync(id, "note", n)));
            var taken = await ResultAsync<List<int>>(id);
            var accepted = Enumerable.Range(0, Events).Where(n => outcomes[n] == RaiseOutcome.Accepted);
            Assert.All(outcomes, outcome => Assert.NotEqual(RaiseOutcome.NotFound, outcome));
            await HandedOverAsync(id, [.. accepted.Except(taken)]);
        }
    }

    private async Task<string> BeginAsync(OrchestrationScript script)
    {
        var id = NewId();
        await HandingOver.ScheduleAsync(Client, Story(script), new ScheduleOptions(id), Bound);
        return id;
    }

    private Task NoteAsync(string id, int number) => GiveAsync(id, Note.Name, number);

    private async Task HandedOverAsync(string id, params int[] expected)
    {
        await Eventually.ValueAsync(
            () => ReadAsync(id), numbers => numbers.Count >= expected.Length, $"what {id} did not take");
        await RoundAsync();
        Assert.Equal(expected.Order(), await ReadAsync(id));
    }

    private async Task<List<int>> ReadAsync(string id)
    {
        var rows = await Home.Tables.QueryAsync(KeepUntaken.Table, TableQuery.Of(id), Bound);
        return [.. rows.Items.Select(row => (int)row.WholeNumber("Number")!).Order()];
    }
}

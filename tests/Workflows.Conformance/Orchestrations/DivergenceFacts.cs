using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Code that no longer fits the history: named, parked, and taken up again by code that fits.</summary>
public abstract class DivergenceFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 81.</summary>
    [Theory]
    [InlineData("timer for activity", "Echo", "timer")]
    [InlineData("activity for timer", "timer", "Echo")]
    [InlineData("renamed activity", "Echo", "OtherEcho")]
    [InlineData("renamed child", "EchoStory", "OtherEchoStory")]
    [InlineData("removed step", "Echo", "")]
    [InlineData("added step", "Echo", "OtherEcho")]
    public virtual async Task C81_a_divergence_is_named_with_what_was_expected_and_what_was_found(
        string kind, string expected, string found)
    {
        var (before, after) = Codes(kind);
        var explanation = await DeployAsync(before, after);
        Assert.Contains(expected, explanation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(found, explanation, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("[0-9]", explanation);
    }

    /// <summary>Row 82.</summary>
    [Fact]
    public virtual async Task C82_the_same_step_with_another_input_is_a_divergence_where_the_home_looks()
    {
        if (Traits.ComparesInputs)
        {
            var explanation = await DeployAsync(Calling("first text"), Calling("another text"));
            Assert.Contains("Echo", explanation, StringComparison.Ordinal);
            Assert.Contains("input", explanation, StringComparison.OrdinalIgnoreCase);
            return;
        }

        var story = Story(Calling("first text"));
        var id = await StartAsync(story);
        await RoundAsync();
        ScriptRegistry.Replace(story, Calling("another text"));
        await Home.RestartAsync();
        await GiveAsync(id, "close");
        Assert.Equal("closed", await ResultAsync<string>(id));
    }

    /// <summary>Row 83: a bad deploy, then a good one.</summary>
    [Fact]
    public virtual async Task C83_a_parked_instance_has_no_effects_and_goes_on_with_all_its_events_under_fixed_code()
    {
        if (Traits.OnDivergence != OrchestrationStatus.Blocked)
        {
            return;
        }

        var effects = new Mark();
        var effect = Step(effects.Hit);
        OrchestrationScript good = async (context, _) =>
        {
            await Echo.CallAsync(context, "first");
            var notes =
                await context.WaitForEventAsync<string>("note") + await context.WaitForEventAsync<string>("note");
            await context.DoAsync(effect);
            return notes;
        };
        OrchestrationScript bad = async (context, _) =>
        {
            await OtherEcho.CallAsync(context, "first");
            await context.DoAsync(effect);
            return await context.WaitForEventAsync<string>("note");
        };
        var story = Story(good);
        var id = await StartAsync(story);
        await RoundAsync();

        ScriptRegistry.Replace(story, bad);
        await Home.RestartAsync();
        await GiveAsync(id, "note", "one ");
        await StatusAsync(id, OrchestrationStatus.Blocked);
        await GiveAsync(id, "note", "two");
        await RoundAsync();
        Assert.Equal(OrchestrationStatus.Blocked, (await StateAsync(id)).Status);
        Assert.Equal(0, effects.Count);

        // A word from a person does not help while the code is what it is.
        await Client.ResumeAsync(id, "try again", Bound);
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Blocked);

        ScriptRegistry.Replace(story, good);
        await Home.RestartAsync();
        await Client.ResumeAsync(id, "fixed", Bound);
        Assert.Equal("one two", await ResultAsync<string>(id));
        Assert.Equal(1, effects.Count);
        Assert.Null((await StateAsync(id)).Reason);
    }

    private static OrchestrationScript Calling(string input) => async (context, _) =>
    {
        await Echo.CallAsync(context, input);
        await context.WaitForEventAsync<string>("close");
        return "closed";
    };

    private static (OrchestrationScript Before, OrchestrationScript After) Codes(string kind)
    {
        return kind switch
        {
            "timer for activity" => (With(Activity), With(Timer)),
            "activity for timer" => (With(Timer), With(Activity)),
            "renamed activity" => (With(Activity), With(context => OtherEcho.CallAsync(context, "x"))),
            "renamed child" => (
                With(context => EchoStory.CallAsync(context, "x")),
                With(context => OtherEchoStory.CallAsync(context, "x"))),
            "removed step" => (With(Activity), With(_ => Task.CompletedTask)),
            "added step" => (
                With(Activity),
                With(async context =>
                {
                    await OtherEcho.CallAsync(context, "x");
                    await Activity(context);
                })),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

        static Task Activity(OrchestrationContext context) => Echo.CallAsync(context, "x");
        static Task Timer(OrchestrationContext context) => context.CreateTimerAsync(TimeSpan.Zero);
        static OrchestrationScript With(Func<OrchestrationContext, Task> step) => async (context, _) =>
        {
            await step(context);
            return await context.WaitForEventAsync<string>("close");
        };
    }

    /// <summary>Lets an instance live under one code, and meets it with another.</summary>
    /// <returns>What the home says of it.</returns>
    private async Task<string> DeployAsync(OrchestrationScript before, OrchestrationScript after)
    {
        var story = Story(before);
        var id = await StartAsync(story);
        await RoundAsync();
        ScriptRegistry.Replace(story, after);
        await Home.RestartAsync();
        // Where it fails for good, it may have done so as the home started.
        var outcome = await RaiseAsync(id, "close", "closed");
        Assert.True(
            outcome == RaiseOutcome.Accepted || Traits.OnDivergence == OrchestrationStatus.Failed, $"{outcome}");

        var state = await StatusAsync(id, Traits.OnDivergence);
        var explanation = state.Reason ?? state.Failure?.Message;
        Assert.NotNull(explanation);
        if (Traits.AlertsOnDivergence)
        {
            AlertedOf(id);
        }

        return explanation;
    }
}

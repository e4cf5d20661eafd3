using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Builds of several versions, each of which runs the instances that it may.</summary>
public abstract class VersionFacts(HomeFactory factory) : HomeFacts(factory)
{
    private static readonly ScriptCall VersionedStory = Story(async (context, _) =>
    {
        await Echo.CallAsync(context, "step");
        return $"{context.Version ?? "none"}: {await context.WaitForEventAsync<string>("close")}";
    });

    /// <summary>Row 86: None, Strict, CurrentOrOlder, by a build of version 1.10.</summary>
    [Theory]
    [InlineData(VersionMatch.None, "", true)]
    [InlineData(VersionMatch.None, "2.0", true)]
    [InlineData(VersionMatch.Strict, "1.10", true)]
    [InlineData(VersionMatch.Strict, "1.9", false)]
    [InlineData(VersionMatch.Strict, "", false)]
    [InlineData(VersionMatch.CurrentOrOlder, "", true)]
    [InlineData(VersionMatch.CurrentOrOlder, "1.9", true)]
    [InlineData(VersionMatch.CurrentOrOlder, "1.10.0", true)]
    [InlineData(VersionMatch.CurrentOrOlder, "1.11", false)]
    public virtual async Task C86_what_does_not_fit_the_build_waits_for_one_that_it_fits(
        VersionMatch match, string version, bool fits)
    {
        if (!Traits.RoutesVersions)
        {
            return;
        }

        await Home.RestartAsync(new VersionPolicy("1.10", match));
        var id = NewId();
        await ScheduleAsync(VersionedStory, new ScheduleOptions(id, Version: version));
        await GiveAsync(id, "close", "closed");
        if (!fits)
        {
            var waiting = await StatusAsync(id, OrchestrationStatus.Blocked);
            Assert.Contains("1.10", waiting.Reason, StringComparison.Ordinal);
            await RoundAsync();
            await UnchangedAsync(waiting);
            await Home.RestartAsync(VersionPolicy.Any);
        }

        Assert.Equal($"{(version == "" ? "none" : version)}: closed", await ResultAsync<string>(id));
        Assert.Null((await StateAsync(id)).Reason);
    }

    /// <summary>Row 86: Fail.</summary>
    [Fact]
    public virtual async Task C86_what_does_not_fit_the_build_fails_when_the_policy_says_so_and_its_parent_hears()
    {
        if (!Traits.RoutesVersions)
        {
            return;
        }

        var parent = Story(async (context, _) =>
            await context.RunSubAsync<string>(
                VersionedStory, new SubOrchestrationCallOptions("child", Version: "3")));
        await Home.RestartAsync(new VersionPolicy("2", VersionMatch.CurrentOrOlder, VersionFailure.Fail));
        var id = NewId();
        await ScheduleAsync(VersionedStory, new ScheduleOptions(id, Version: "3"));
        var failure = await FailureAsync(id);
        Assert.Contains("'3'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'2'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(RaiseOutcome.TooLate, await RaiseAsync(id, "close"));

        var parentFailure = await FailureAsync(await StartAsync(parent));
        Assert.Contains("'3'", parentFailure.Inner!.Message, StringComparison.Ordinal);
        Assert.Equal(OrchestrationStatus.Failed, (await StateAsync("child")).Status);
    }

    /// <summary>
    /// Row 86: an older build after a rollback leaves what a newer one began, and the newer one goes on with it.
    /// </summary>
    [Fact]
    public virtual async Task C86_an_instance_under_way_waits_out_a_rollback_with_its_events_and_timers()
    {
        if (!Traits.RoutesVersions)
        {
            return;
        }

        await Home.RestartAsync(new VersionPolicy("2"));
        var id = await StartAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(TimeSpan.FromDays(1));
            return $"{context.Version}: {await context.WaitForEventAsync<string>("close")}";
        });
        await RoundAsync();
        Assert.Equal("2", (await StateAsync(id)).Version);

        await Home.RestartAsync(new VersionPolicy("1"));
        await StatusAsync(id, OrchestrationStatus.Blocked);
        await Home.AdvanceAsync(TimeSpan.FromDays(2));
        await GiveAsync(id, "close", "closed");
        await RoundAsync();
        Assert.Equal(OrchestrationStatus.Blocked, (await StateAsync(id)).Status);

        await Home.RestartAsync(new VersionPolicy("2"));
        Assert.Equal("2: closed", await ResultAsync<string>(id));
    }

    /// <summary>Row 62: the next generation is routed again.</summary>
    [Fact]
    public virtual async Task C62_a_generation_of_a_newer_version_waits_for_a_build_that_runs_it()
    {
        if (!Traits.RoutesVersions)
        {
            return;
        }

        await Home.RestartAsync(new VersionPolicy("1", VersionMatch.Strict));
        var story = Story(async (context, call) =>
        {
            if (context.Version == "1")
            {
                context.SetCustomStatus("from version 1");
                context.ContinueAsNew(call, newVersion: "2");
                return null;
            }

            return $"version {context.Version}: {await context.WaitForEventAsync<string>("close")}";
        });
        var id = await StartAsync(story);
        await StatusAsync(id, OrchestrationStatus.Blocked);
        await GiveAsync(id, "close", "closed");

        await Home.RestartAsync(new VersionPolicy("2", VersionMatch.Strict));
        Assert.Equal("version 2: closed", await ResultAsync<string>(id));
        Assert.Equal("from version 1", (await StateAsync(id)).ReadCustomStatus<string>());
    }
}

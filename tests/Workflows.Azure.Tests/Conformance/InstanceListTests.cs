using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>Lists carry what only an instance's input says; the message that brings a page holds 4 MB.</summary>
public sealed class InstanceListTests() : HomeFacts(new DurableHomeFactory())
{
    private const int Large = 900 * 1024;

    [Fact]
    public async Task A_page_that_no_message_carries_comes_in_several()
    {
        var story = Story((_, _) => Task.FromResult<object?>("done"));
        for (var n = 0; n < 6; n++)
        {
            await ResultAsync<string>(await StartAsync(story.With(new string('x', Large)), $"deal-{n}"));
        }

        var listed = await ListAsync();
        Assert.Equal(
            Enumerable.Range(0, 6).Select(n => $"deal-{n}"),
            listed.Select(each => each.InstanceId).Order(StringComparer.Ordinal));
        Assert.All(listed, each => Assert.NotEmpty(each.ExecutionId));
    }

    [Fact]
    public async Task One_that_no_message_carries_is_listed_without_what_its_input_tells()
    {
        var story = Story(async (context, call) =>
        {
            if (call.Read<bool?>() is not true)
            {
                await context.WaitForEventAsync<string>("go on");
                context.ContinueAsNew(call.With(true), preserveUnprocessedEvents: true);
            }

            return "done";
        });
        await ResultAsync<string>(await StartAsync(story.With(true), "before"));
        await StartAsync(story, "huge");
        for (var n = 0; n < 6; n++)
        {
            // The next generation begins with what nobody waited for.
            await GiveAsync("huge", "other", new string('x', Large));
        }

        await GiveAsync("huge", "go on");
        await StatusAsync("huge", OrchestrationStatus.Completed);
        var listed = (await ListAsync()).ToDictionary(each => each.InstanceId, each => each.ExecutionId);
        Assert.NotEmpty(listed["before"]);
        Assert.Equal("", listed["huge"]);
    }

    [Fact]
    public async Task One_whose_row_was_written_in_part_keeps_no_other_from_being_listed_and_goes_on_itself()
    {
        var child = Story(async (context, _) => await context.WaitForEventAsync<string>("message"));
        var home = (DurableHome)Home;
        var line = home.CutBeforeRowOf("child");
        var parent = await StartAsync(
            async (context, _) => await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("child")));
        await Eventually.TrueAsync(() => line.IsCut, "the process to die before it writes the row");
        await Home.CrashAndRestartAsync();
        await RoundAsync();

        var listed = (await ListAsync()).Select(each => each.InstanceId).ToList();
        Assert.Contains(parent, listed);
        Assert.DoesNotContain("child", listed);
        var state = await StateAsync("child");
        Assert.Equal((OrchestrationStatus.Running, parent), (state.Status, state.ParentInstanceId));
        Assert.Contains("child", (await ListAsync()).Select(each => each.InstanceId));
        await GiveAsync("child", "message", "hello");
        Assert.Equal("hello", await ResultAsync<string>(parent));
    }

    private async Task<List<OrchestrationState>> ListAsync()
    {
        var all = new List<OrchestrationState>();
        var query = new InstanceQuery { PageSize = 100 };
        do
        {
            var page = await Client.QueryAsync(query, Bound);
            all.AddRange(page.Items);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return all;
    }
}

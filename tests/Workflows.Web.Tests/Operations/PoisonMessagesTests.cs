using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Conformance;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Operations;

namespace Workflows.Web.Tests.Operations;

public sealed partial class PoisonMessagesTests : IAsyncLifetime
{
    // Longer than a property of a row holds, with letters that take several bytes each.
    private static readonly string Long = string.Concat(Enumerable.Range(0, 9_000).Select(n => $"{n}询盘"));

    private readonly Queue _queue = new();
    private readonly HomeLog _log = new();
    private readonly WebHome _home;

    public PoisonMessagesTests() => _home = new()
    {
        Replace = services => services
            .AddSingleton<IMessageQueue>(_queue)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(_log)),
    };

    [GeneratedRegex(
        "action=\"(/operations/poison/[^\"]+/forget)\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forget();

    [GeneratedRegex(
        "action=\"(/operations/poison/[^/\"]+/retry)\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RetryAll();

    [GeneratedRegex(
        "action=\"(/operations/poison/[^/\"]+/[^/\"]+/retry)\"[^>]*><input type=\"hidden\" name=\"_form\" "
            + "value=\"([^\"]+)\"",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Retry();

    private PoisonMessages Poison => _home.Services.GetRequiredService<PoisonMessages>();

    public Task InitializeAsync() => _home.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _home.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task A_poison_message_is_shown_as_text_until_an_admin_is_done_with_it()
    {
        await Poison.KeepAsync("inbound", "<script>alert(1)</script>", default);
        await Poison.KeepAsync("inbound", "<script>alert(1)</script>", default);
        var only = Assert.Single(await LatestAsync());
        Assert.Equal(("inbound", "<script>alert(1)</script>"), (only.Queue, only.Body));

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", await PageAsync(), StringComparison.Ordinal);
        var answer = await PressAsync(Forget());
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/operations"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Empty(await LatestAsync());
        Assert.DoesNotContain("Given up", await PageAsync(), StringComparison.Ordinal);
        Assert.Empty(_queue.Messages);
        Assert.Equal([$"Message {only.Id} of queue inbound was forgotten by boss."], Logged());
    }

    [Fact]
    public async Task More_messages_than_are_looked_at_are_said_to_be_more()
    {
        for (var n = 0; n < PoisonMessages.LookedAtMost; n++)
        {
            await Poison.KeepAsync("inbound", $"message {n:000}", default);
        }

        var all = await Poison.LatestAsync(10, default);
        Assert.Equal((10, PoisonMessages.LookedAtMost, false), (all.Latest.Count, all.LookedAt, all.HasMore));
        Assert.DoesNotContain("More than", await PageAsync(), StringComparison.Ordinal);

        await Poison.KeepAsync("inbound", "one more", default);
        var more = await Poison.LatestAsync(10, default);
        Assert.Equal((10, PoisonMessages.LookedAtMost, true), (more.Latest.Count, more.LookedAt, more.HasMore));
        Assert.Contains("More than 500;", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_tried_again_goes_into_its_queue_whole_and_is_kept_no_longer()
    {
        await Poison.KeepAsync("inbound", Long, default);
        var answer = await PressAsync(Retry());
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/operations?poison=back"),
            (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Equal([Long], _queue.Messages);
        Assert.Empty(await LatestAsync());
        Assert.Contains(
            "In line again", await _home.Admin.GetStringAsync("/operations?poison=back"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_messages_of_a_queue_are_tried_again_at_once_and_those_of_others_stay()
    {
        string[] stranded = [.. Enumerable.Range(0, 120).Select(n => $"message {n:000}")];
        foreach (var message in stranded)
        {
            await Poison.KeepAsync("inbound", message, default);
        }

        await Poison.KeepAsync("closed", "hello", default);
        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(RetryAll())).StatusCode);
        Assert.Equal(stranded, _queue.Messages.Order(StringComparer.Ordinal));
        Assert.Equal("closed", Assert.Single(await LatestAsync()).Queue);
        Assert.DoesNotMatch(RetryAll(), await PageAsync());
        Assert.Equal(["120 messages of queue inbound were put in line again by boss."], Logged());
    }

    [Fact]
    public async Task What_was_put_in_line_before_the_queue_broke_off_is_logged()
    {
        foreach (var message in new[] { "one", "two", "three" })
        {
            await Poison.KeepAsync("inbound", message, default);
        }

        _queue.Before = () => _queue.Messages.Count < 2
            ? Task.CompletedTask
            : throw new HomeUnavailableException("The queue does not answer.", TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PressAsync(RetryAll())).StatusCode);
        Assert.Single(await LatestAsync());
        Assert.Equal(["2 messages of queue inbound were put in line again by boss."], Logged());
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_or_gives_up_at_once_leaves_the_message_where_it_is()
    {
        await Poison.KeepAsync("inbound", Long, default);
        _queue.Before = () => throw new HomeUnavailableException("The queue does not answer.", TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PressAsync(Retry())).StatusCode);
        Assert.Equal(Long, Assert.Single(await LatestAsync()).Body);

        _queue.Before = () => Poison.KeepAsync("inbound", Long, default);
        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(Retry())).StatusCode);
        Assert.Equal(Long, Assert.Single(await LatestAsync()).Body);
    }

    [Fact]
    public async Task Only_an_admin_tries_again_from_our_own_page_and_only_where_there_is_such_a_queue()
    {
        await Poison.KeepAsync("inbound", "hello", default);
        var (address, form) = await FormAsync(Retry());
        var forged = await _home.Admin.PostAsync(address, new FormUrlEncodedContent([new("_form", "x")]));
        await forged.ProblemAsync(HttpStatusCode.Forbidden, "csrf-failed");
        var sales = await _home.CallerAsync("mei", Role.Sales);
        await (await sales.PostAsync(address, form)).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await (await _home.Admin.PostAsync(address.Replace("inbound", "mail", StringComparison.Ordinal), form))
            .ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Empty(_queue.Messages);

        await Poison.ForgetAsync("inbound", (await LatestAsync())[0].Id, "anna", default);
        await (await _home.Admin.PostAsync(address, form)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await Poison.KeepAsync("closed", "hello", default);
        Assert.DoesNotMatch(Retry(), await PageAsync());
        Assert.Matches(Forget(), await PageAsync());
    }

    private async Task<IReadOnlyList<PoisonMessage>> LatestAsync() => (await Poison.LatestAsync(10, default)).Latest;

    private List<string> Logged() =>
        [.. _log.Lines.Select(line => line.Text).Where(text => text.Contains(" of queue ", StringComparison.Ordinal))];

    private Task<string> PageAsync() => _home.Admin.GetStringAsync("/operations");

    private async Task<HttpResponseMessage> PressAsync(Regex button)
    {
        var (address, form) = await FormAsync(button);
        return await _home.Admin.PostAsync(address, form);
    }

    private async Task<(string Address, FormUrlEncodedContent Form)> FormAsync(Regex button)
    {
        var form = button.Match(await PageAsync());
        Assert.True(form.Success);
        return (
            form.Groups[1].Value,
            new FormUrlEncodedContent([new("_form", WebUtility.HtmlDecode(form.Groups[2].Value))]));
    }

    private sealed class Queue : IMessageQueue
    {
        public string Name => "inbound";

        public List<string> Messages { get; } = [];

        public Func<Task> Before { get; set; } = () => Task.CompletedTask;

        public async Task PutAsync(string message, CancellationToken cancellation)
        {
            await Before();
            Messages.Add(message);
        }
    }
}

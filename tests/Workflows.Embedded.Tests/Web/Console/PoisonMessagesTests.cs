using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;
using Workflows.Web.Keys;
using Workflows.Web.Messages;

namespace Workflows.Embedded.Tests.Web.Console;

public sealed partial class PoisonMessagesTests : IAsyncLifetime
{
    // Longer than a property of a row holds, with letters that take several bytes each.
    private static readonly string Long = string.Concat(Enumerable.Range(0, 9_000).Select(n => $"{n}询盘"));

    private readonly Queue _queue = new();
    private readonly WebHome _home;

    public PoisonMessagesTests() => _home = new() { Replace = services => services.AddSingleton<IMessageQueue>(_queue) };

    [GeneratedRegex("action=\"(/operations/poison/[^\"]+/forget)\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forget();

    [GeneratedRegex("action=\"(/operations/poison/[^/\"]+/retry)\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RetryAll();

    [GeneratedRegex("action=\"(/operations/poison/[^/\"]+/[^/\"]+/retry)\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Retry();

    private PoisonMessages Poison => _home.Services.GetRequiredService<PoisonMessages>();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task AMessageThatNobodyCouldHandle_IsShownAsText_UntilAnAdminIsDoneWithIt()
    {
        await Poison.KeepAsync("inbound", "<script>alert(1)</script>", default);
        await Poison.KeepAsync("inbound", "<script>alert(1)</script>", default);
        var only = Assert.Single(await Poison.LatestAsync(10, default));
        Assert.Equal(("inbound", "<script>alert(1)</script>"), (only.Queue, only.Body));

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", await PageAsync(), StringComparison.Ordinal);
        var answer = await PressAsync(Forget());
        Assert.Equal((HttpStatusCode.SeeOther, "/operations"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Empty(await Poison.LatestAsync(10, default));
        Assert.DoesNotContain("Given up", await PageAsync(), StringComparison.Ordinal);
        Assert.Empty(_queue.Messages);
    }

    [Fact]
    public async Task AMessageThatIsTriedAgain_GoesIntoItsQueueWhole_AndIsKeptNoLonger()
    {
        await Poison.KeepAsync("inbound", Long, default);
        var answer = await PressAsync(Retry());
        Assert.Equal((HttpStatusCode.SeeOther, "/operations?poison=back"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Equal([Long], _queue.Messages);
        Assert.Empty(await Poison.LatestAsync(10, default));
        Assert.Contains("In line again", await _home.Admin.GetStringAsync("/operations?poison=back"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllOfAQueue_AreTriedAgainAtOnce_AndThoseOfOthersStay()
    {
        string[] stranded = [.. Enumerable.Range(0, 120).Select(n => $"message {n:000}")];
        foreach (var message in stranded)
        {
            await Poison.KeepAsync("inbound", message, default);
        }

        await Poison.KeepAsync("closed", "hello", default);
        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(RetryAll())).StatusCode);
        Assert.Equal(stranded, _queue.Messages.Order(StringComparer.Ordinal));
        Assert.Equal("closed", Assert.Single(await Poison.LatestAsync(10, default)).Queue);
        Assert.DoesNotMatch(RetryAll(), await PageAsync());
    }

    [Fact]
    public async Task AQueueThatDoesNotAnswer_OrGivesUpAtOnce_LeavesTheMessageWhereItIs()
    {
        await Poison.KeepAsync("inbound", Long, default);
        _queue.Before = () => throw new HomeUnavailableException("The queue does not answer.", TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PressAsync(Retry())).StatusCode);
        Assert.Equal(Long, Assert.Single(await Poison.LatestAsync(10, default)).Body);

        _queue.Before = () => Poison.KeepAsync("inbound", Long, default);
        Assert.Equal(HttpStatusCode.SeeOther, (await PressAsync(Retry())).StatusCode);
        Assert.Equal(Long, Assert.Single(await Poison.LatestAsync(10, default)).Body);
    }

    [Fact]
    public async Task OnlyAnAdminTriesAgain_FromOurOwnPage_AndOnlyWhereThereIsSuchAQueue()
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

        await Poison.ForgetAsync("inbound", (await Poison.LatestAsync(1, default))[0].Id, default);
        await (await _home.Admin.PostAsync(address, form)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await Poison.KeepAsync("closed", "hello", default);
        Assert.DoesNotMatch(Retry(), await PageAsync());
        Assert.Matches(Forget(), await PageAsync());
    }

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
        return (form.Groups[1].Value, new FormUrlEncodedContent([new("_form", WebUtility.HtmlDecode(form.Groups[2].Value))]));
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

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

public sealed partial class DeadLetterTests : IAsyncLifetime
{
    private readonly StubbornIntake _intake = new();
    private readonly WebHome _home;

    public DeadLetterTests() => _home = new() { Replace = services => services.AddSingleton<IInquiryIntake>(_intake) };

    [GeneratedRegex(
        "action=\"(/webhooks/[^\"]+/retry)\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Retry();

    [GeneratedRegex(
        "action=\"(/webhooks/[^\"]+/dismiss)\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dismiss();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    private DeadLetters Letters => _home.Services.GetRequiredService<DeadLetters>();

    [Fact]
    public async Task A_dead_letter_that_fails_again_stays_open_until_it_is_acted_on()
    {
        _intake.Fails = true;
        Assert.Equal(
            HttpStatusCode.Accepted, (await _home.Anonymous.SendAsync(WebHome.Signed("msg_dead", Inquiry))).StatusCode);

        Assert.Equal("/webhooks?retried=vain", await PostAsync(Retry()));
        Assert.Null((await Letters.FindAsync("standard", "msg_dead", default))!.SettledAt);

        _intake.Fails = false;
        Assert.StartsWith("/deals/", await PostAsync(Retry()), StringComparison.Ordinal);
        Assert.NotNull((await Letters.FindAsync("standard", "msg_dead", default))!.SettledAt);
        Assert.Equal(3, _intake.Asked);
    }

    [Theory]
    [InlineData("a%23b")]
    [InlineData("a%3Fb")]
    [InlineData("a%5Cb")]
    public async Task An_event_id_that_cannot_be_ours_is_not_found(string id)
    {
        await _home.Anonymous.SendAsync(WebHome.Signed("msg_nonsense", "[]"));
        var form = Retry().Match(await _home.Admin.GetStringAsync("/webhooks"));
        var answer = await SendAsync($"/webhooks/standard/{id}/retry", form.Groups[2].Value);
        await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Every_open_dead_letter_is_found_and_goes_when_an_admin_is_done_with_it()
    {
        var at = TimeProvider.System.GetUtcNow();
        var rows = Enumerable.Range(0, 230).Select(n => new TableRow("standard", $"msg_{n:000}")
        {
            ["Reason"] = "Nonsense",
            ["Errors"] = "[]",
            ["ReceivedAt"] = at.AddMinutes(n),
            ["SettledAt"] = n < 205 ? at : null,
        });
        foreach (var batch in rows.Chunk(TableRules.MaxBatch))
        {
            await _home.Tables.ExecuteAsync("DeadLetters", [.. batch.Select(TableOperation.Insert)]);
        }

        var first = await _home.Admin.GetStringAsync("/webhooks");
        Assert.Contains("25 make no sense.", first, StringComparison.Ordinal);
        Assert.Contains("msg_229", first, StringComparison.Ordinal);
        Assert.DoesNotContain("msg_219", first, StringComparison.Ordinal);
        Assert.Contains(
            "of=standard&from=20",
            WebUtility.HtmlDecode(await _home.Admin.GetStringAsync("/webhooks?of=standard&from=10")),
            StringComparison.Ordinal);
        var last = await _home.Admin.GetStringAsync("/webhooks?of=standard&from=20");
        Assert.Contains("msg_205", last, StringComparison.Ordinal);
        Assert.DoesNotContain("from=30", last, StringComparison.Ordinal);

        Assert.Equal("/webhooks?retried=dismissed", await PostAsync(Dismiss()));
        Assert.NotNull((await Letters.FindAsync("standard", "msg_229", default))!.SettledAt);
        Assert.Contains("24 make no sense.", await _home.Admin.GetStringAsync("/webhooks"), StringComparison.Ordinal);
    }

    private const string Inquiry =
        """{"type":"inquiry.created","data":{"platformInquiryId":"Q-dead","buyer":{"name":"Anna Berg","email":"anna@berg-pumpen.de"}}}""";

    private async Task<string?> PostAsync(Regex form)
    {
        var found = form.Match(await _home.Admin.GetStringAsync("/webhooks"));
        Assert.True(found.Success);
        return (await SendAsync(found.Groups[1].Value, found.Groups[2].Value)).Headers.Location?.ToString();
    }

    private Task<HttpResponseMessage> SendAsync(string path, string token) =>
        _home.Admin.PostAsync(path, new FormUrlEncodedContent([new("_form", WebUtility.HtmlDecode(token))]));

    private sealed class StubbornIntake : IInquiryIntake
    {
        public bool Fails { get; set; }

        public int Asked { get; private set; }

        public Task<bool> TakeAsync(Inquiry inquiry, string messageId, CancellationToken cancellation)
        {
            Asked++;
            return Fails ? throw new InvalidOperationException("Not today.") : Task.FromResult(false);
        }
    }
}

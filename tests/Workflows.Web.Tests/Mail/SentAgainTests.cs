using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Mails;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Mail;

/// <summary>Mails that did not go out and are sent again by an administrator.</summary>
public sealed class SentAgainTests : IAsyncLifetime
{
    private readonly TradingHome _home = new();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task All_that_failed_go_out_again_and_what_may_have_gone_out_does_not()
    {
        var failed = new[] { await _home.FailedMailAsync(), await _home.FailedMailAsync() };
        var unknown = await _home.QueuedMailAsync();
        await _home.Web.Services.GetRequiredService<IMailQueue>()
            .ReportUnknownAsync(unknown, "No answer.", CancellationToken.None);

        var answer = await _home.PostAsync("/api/mails/resend", "");

        Assert.Equal(2, answer.GetProperty("queued").GetInt32());
        foreach (var id in failed)
        {
            Assert.Equal(MailStatus.Queued, await StatusAsync(Uri.UnescapeDataString(id)));
        }

        Assert.Equal(MailStatus.Unknown, await StatusAsync(unknown));
        await _home.PostAsync($"/api/mails/{Uri.EscapeDataString(unknown)}/resend", "");
        Assert.Equal(MailStatus.Queued, await StatusAsync(unknown));
        var entries = (await _home.GetAsync("/api/operations")).GetProperty("items").EnumerateArray();
        Assert.Contains(entries, entry =>
            entry.GetProperty("operation").GetString() == "send failed mails again"
            && entry.GetProperty("outcome").GetString() == "2");
    }

    [Fact]
    public async Task An_administrator_finds_the_button_on_the_mail_and_on_the_list_of_those_that_failed()
    {
        var id = await _home.FailedMailAsync();

        Assert.Contains("Send again", await PageAsync(Role.Admin, $"/mails/{id}"), StringComparison.Ordinal);
        Assert.Contains(
            "Send all that failed again", await PageAsync(Role.Admin, "/mails?status=Failed"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Send all that failed again", await PageAsync(Role.Manager, "/mails?status=Failed"),
            StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(Role role, string path)
    {
        using var browser = new Browser(_home.Web);
        await browser.SignInAsync((await _home.Web.Keys.AddAsync(TradingHome.NameOf(role), role)).Secret);
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<MailStatus> StatusAsync(string id) =>
        (await _home.Web.Services.GetRequiredService<IMailOutbox>().GetAsync(id))!.Status;
}

using System.Net;
using Workflows.Azure.Tests.Mail;
using Workflows.Conformance;

namespace Workflows.Azure.Tests.Story;

/// <summary>Messages that the host gave up on, and the person who puts them in line again.</summary>
public sealed class PoisonTests
{
    [Fact]
    public async Task An_inquiry_that_was_accepted_while_the_hub_was_down_is_kept_whole_and_put_in_line_again()
    {
        await using var home = await AzureStory.StartAsync();
        var message = string.Join(' ', Enumerable.Range(0, 7_500));
        home.Faults.TakesNoStarts = true;
        using (var answer = await home.DeliverAsync("msg_1", DealScript.InquiryOf("INQ-1", message)))
        {
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        await ShownAsync(home, "INQ-1");
        home.Faults.TakesNoStarts = false;
        Assert.Equal(
            HttpStatusCode.SeeOther, await home.PressAsync("/operations", "/operations/poison/inbound/[^\"]+/retry"));

        var instance = Assert.Single((await home.GetAsync("/api/instances"))["items"]!.AsArray());
        var id = (string)instance!["instanceId"]!;
        Assert.Contains(
            message, (await home.GetAsync($"/api/instances/{id}")).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("Assigned", (string?)(await DealScript.DealAsync(home, id))["stage"]);
        Assert.DoesNotContain("Given up", await PageAsync(home), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_the_queue_gave_up_on_goes_out_when_it_is_put_in_line_again()
    {
        await using var home = await AzureStory.StartAsync();
        await home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await home.Queues.PutAsync("mail-poison", Assert.Single(await home.Queues.TakeAsync("mail")));
        await home.SettleAsync();
        Assert.Empty(home.SendGrid.Mails);
        await home.TickAsync("HealthAlerts");
        Assert.Contains(
            home.Log.Lines, line => line.Text.Contains("queue mail was given up", StringComparison.Ordinal));

        Assert.Equal(
            HttpStatusCode.SeeOther, await home.PressAsync("/operations", "/operations/poison/mail/[^\"]+/retry"));
        Assert.Equal(
            "m-1", Assert.Single(home.SendGrid.Mails).GetProperty("custom_args").GetProperty("mail_id").GetString());
        Assert.DoesNotContain("Given up", await PageAsync(home), StringComparison.Ordinal);
    }

    /// <summary>The host brings a message five times before it gives it up, with time in between.</summary>
    private static Task<string> ShownAsync(AzureStory home, string text) => Eventually.ValueAsync(
        async () =>
        {
            if (await home.Queues.PumpAsync() > 0)
            {
                home.Clock.Advance(TimeSpan.FromMinutes(1));
            }

            return await PageAsync(home);
        },
        page => page.Contains(text, StringComparison.Ordinal),
        "the console shows the message");

    private static async Task<string> PageAsync(AzureStory home)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/operations");
        using var page = await home.AskAsync(request);
        return await page.Content.ReadAsStringAsync();
    }
}

using System.Net;
using Workflows.Conformance;
using Workflows.Embedded.Tests.Serving;

namespace Workflows.Embedded.Tests.Sweeps;

public sealed class MessageDigestLoopTests
{
    [Fact]
    public async Task What_a_buyer_writes_after_the_first_mail_goes_out_when_its_window_is_over()
    {
        await using var home = await RunningHome.StartAsync();
        var deal = await home.AssignedAsync("INQ-1");
        for (var number = 1; number <= 6; number++)
        {
            using var answer = await home.DeliverAsync($"msg_{number}", Samples.Inquiry("INQ-1"));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        await Eventually.SeenAsync(
            async () => (await SubjectsAsync(home, deal)) is { Count: 1 } one ? one : null, "the first mail");
        var subjects = await Eventually.SeenAsync(
            async () =>
            {
                home.Clock.Advance(TimeSpan.FromMinutes(5));
                return (await SubjectsAsync(home, deal)) is { Count: > 1 } both ? both : null;
            },
            "the second mail");
        Assert.Contains("wrote 5 messages", subjects[0], StringComparison.Ordinal);
        Assert.Contains("wrote again", subjects[1], StringComparison.Ordinal);
    }

    private static async Task<List<string>> SubjectsAsync(RunningHome home, string deal) =>
        [.. (await home.MailsAsync(deal)).Where(mail => mail.Kind == "buyer-wrote").Select(mail => mail.Subject)];
}

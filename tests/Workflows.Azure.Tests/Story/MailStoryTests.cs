using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Workflows.Azure.Mail;
using Workflows.Azure.Tests.Mail;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Story;

/// <summary>A deal's mails through the app's own functions, on a bad day of SendGrid's.</summary>
public sealed class MailStoryTests
{
    [Fact]
    public async Task Mails_that_SendGrid_puts_off_go_out_later_and_each_once()
    {
        await using var home = await AzureStory.StartAsync();
        home.SendGrid.Answer(429, """{"errors":[{"message":"too many requests"}]}""");
        home.SendGrid.Answer(500);
        var id = await DealScript.InquireAsync(home);
        Assert.Contains(
            await MailsAsync(home, id), mail => (string?)mail["error"] == "SendGrid answered 429: too many requests");

        for (var rounds = 0; rounds < 2; rounds++)
        {
            await home.PassAsync(TimeSpan.FromMinutes(20));
            await home.TickAsync("SweepMails");
        }

        var mails = await MailsAsync(home, id);
        Assert.All(mails, mail => Assert.Equal("Sent", (string?)mail["status"]));
        Assert.Equal(mails.Count + 2, mails.Sum(mail => (int)mail["attempts"]!));
        Assert.Equal(mails.Count + 2, home.SendGrid.Mails.Count);
    }

    [Fact]
    public async Task A_mail_that_SendGrid_took_without_a_word_is_not_sent_again_and_its_signed_event_settles_it()
    {
        await using var home = await AzureStory.StartAsync();
        home.SendGrid.TakeAndSayNothing();
        var inquiring = DealScript.InquireAsync(home);
        await Eventually.TrueAsync(() => home.SendGrid.Mails.Count > 0, "the first mail to be taken");
        home.Clock.Advance(SendGridTransport.Timeout);
        var id = await inquiring;

        var unknown = (string)Assert.Single(
            await MailsAsync(home, id), mail => (string?)mail["status"] == "Unknown")["id"]!;
        for (var days = 0; days < 3; days++)
        {
            await home.PassAsync(TimeSpan.FromDays(1));
            await home.TickAsync("SweepMails");
        }

        Assert.Equal(("Unknown", 1), (await StatusAsync(home, id, unknown), PostsOf(home, unknown)));

        var events = new JsonArray(new JsonObject
        {
            ["sg_event_id"] = "e-1",
            ["mail_id"] = unknown,
            ["event"] = "delivered",
            ["timestamp"] = home.Clock.GetUtcNow().ToUnixTimeSeconds(),
        }).ToJsonString() + "\r\n";
        using (
            var forged = await home.ReportAsync(
                events, changedTo: events.Replace("delivered", "bounce", StringComparison.Ordinal)))
        {
            Assert.Equal(
                (HttpStatusCode.Unauthorized, "application/problem+json"),
                (forged.StatusCode, forged.Content.Headers.ContentType?.MediaType));
        }

        Assert.Equal("Unknown", await StatusAsync(home, id, unknown));
        for (var times = 0; times < 2; times++)
        {
            using var taken = await home.ReportAsync(events);
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
            Assert.Equal(("Sent", 1), (await StatusAsync(home, id, unknown), PostsOf(home, unknown)));
        }
    }

    [Fact]
    public async Task A_mail_whose_message_was_lost_goes_out_at_the_next_sweep()
    {
        await using var home = await AzureStory.StartAsync();
        await home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        Assert.Equal(["m-1"], await home.Queues.TakeAsync("mail"));
        await home.TickAsync("SweepMails");
        Assert.Empty(home.SendGrid.Mails);

        home.Clock.Advance(TimeSpan.FromMinutes(15));
        await home.TickAsync("SweepMails");
        Assert.Single(home.SendGrid.Mails);
    }

    [Fact]
    public async Task An_approver_gets_a_link_that_no_row_and_no_history_holds()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await DealScript.InquireAsync(home);
        await DealScript.QuoteAsync(home, id, discountPercent: 12);
        var link = await DealScript.LinkAsync(home, id);
        var token = link.Segments[^1];
        using (var page = await home.Http.GetAsync(link))
        {
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        Assert.Contains(home.SendGrid.Mails, mail => Holds(mail.ToString(), token));
        foreach (var connection in new[] { home.Connection, home.HubConnection })
        {
            await foreach (var table in new TableServiceClient(connection).QueryAsync())
            {
                await foreach (var row in new TableClient(connection, table.Name).QueryAsync<TableEntity>())
                {
                    var values = row.Select(pair => pair.Value is byte[] bytes ? Unpacked(bytes) : $"{pair.Value}");
                    Assert.DoesNotContain(values, value => Holds(value, token));
                }
            }
        }
    }

    [Fact]
    public async Task What_a_buyer_writes_in_a_burst_is_one_mail_at_once_and_one_that_counts_the_rest()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await DealScript.InquireAsync(home);
        for (var number = 2; number <= 7; number++)
        {
            using var answer = await home.DeliverAsync(
                $"msg_{number}", DealScript.InquiryOf("INQ-1", $"Message {number}."));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        await home.SettleAsync();
        await home.TickAsync("MessageDigests");
        Assert.Single(await SubjectsAsync());
        home.Clock.Advance(TimeSpan.FromMinutes(15));
        await home.TickAsync("MessageDigests");
        await home.TickAsync("MessageDigests");

        var subjects = await SubjectsAsync();
        Assert.Equal(2, subjects.Count);
        Assert.Contains(subjects, subject => subject.Contains("wrote 5 messages", StringComparison.Ordinal));
        await using var left = home.Tables.ReadAllAsync("MessageNews", TableQuery.Of("waiting")).GetAsyncEnumerator();
        Assert.False(await left.MoveNextAsync());

        async Task<List<string>> SubjectsAsync() =>
            [.. (await MailsAsync(home, id)).Where(mail => (string?)mail["kind"] == "buyer-wrote")
                .Select(mail => (string)mail["subject"]!)];
    }

    private static bool Holds(string text, string token) => text.Contains(token, StringComparison.Ordinal);

    // Stored mails are compressed; whatever else a row holds in bytes is read as it is.
    private static string Unpacked(byte[] bytes)
    {
        try
        {
            using var text = new StreamReader(
                new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
            return text.ReadToEnd();
        }
        catch (InvalidOperationException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static int PostsOf(AzureStory home, string id) =>
        home.SendGrid.Mails.Count(mail => mail.GetProperty("custom_args").GetProperty("mail_id").GetString() == id);

    private static async Task<string?> StatusAsync(AzureStory home, string deal, string id) =>
        (string?)Assert.Single(await MailsAsync(home, deal), mail => (string?)mail["id"] == id)["status"];

    private static async Task<List<JsonNode>> MailsAsync(AzureStory home, string deal) =>
        [.. ((JsonArray)(await home.GetAsync($"/api/mails?about={deal}&limit=200"))["items"]!).OfType<JsonNode>()];
}

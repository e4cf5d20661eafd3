using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Web.Tests.Inquiries;

/// <summary>What a stranger can have mailed to a third party by writing its address into inquiries.</summary>
public sealed class AcknowledgementLimitTests : IAsyncLifetime
{
    private readonly WebHome _home = new()
    {
        Policy = PolicyLoader.Default() with
        {
            Mails = new MailPolicy(
                AcknowledgementsPerAddress: null, AcknowledgementsPerSource: 10, NoticeMinutes: null),
        },
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_hundred_and_fifty_inquiries_with_one_address_send_it_three_acknowledgements_at_once_or_not()
    {
        // With a tag it is the same mailbox.
        var deals = await Task.WhenAll(Enumerable.Range(0, 150).Select(n => ReceiveAsync(
            $"flood-{n}", n % 2 == 0 ? "victim@third-party.example" : $"Victim+{n}@third-party.example")));

        var withheld = 0;
        foreach (var deal in deals)
        {
            var timeline = (await AssignedAsync(deal)).GetProperty("timeline").EnumerateArray();
            withheld += timeline.Count(
                entry => entry.GetProperty("what").GetString() == "The buyer got no acknowledgement");
        }

        var mail = await AcknowledgementsAsync();
        Assert.Equal((3, 147), (mail.Count, withheld));
        Assert.All(mail, sent =>
        {
            Assert.Equal($"We have your inquiry {sent.About}", sent.Subject);
            Assert.Equal("", sent.To.Name);
            var (ours, theirs) = (
                sent.Text.IndexOf("reached us under your address", StringComparison.Ordinal),
                sent.Text.IndexOf("You have won", StringComparison.Ordinal));
            Assert.True(0 < ours && ours < theirs, sent.Text);
        });
    }

    [Fact]
    public async Task A_source_has_so_many_acknowledgements_in_a_day_whatever_the_addresses()
    {
        for (var n = 0; n < 14; n++)
        {
            await AssignedAsync(await ReceiveAsync($"many-{n}", $"somebody@buyer-{n}.example"));
        }

        Assert.Equal(10, (await AcknowledgementsAsync()).Count);
    }

    private async Task<string> ReceiveAsync(string id, string address)
    {
        var body = $$$"""
            {"type":"inquiry.created","timestamp":"2026-11-03T08:00:00Z","data":{"platformInquiryId":"{{{id}}}",
            "buyer":{"name":"You have won","email":"{{{address}}}","company":"Pumps","countryISO2":"DE",
            "verified":true},"products":[{"name":"Gear pump {{{id}}}","qty":500,"unit":"pc"}],
            "message":"You have won, see {{{id}}} here.","language":"en"}}
            """;
        using var answer = await _home.Anonymous.SendAsync(WebHome.Signed("msg_" + id, body));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.JsonAsync()).GetProperty("dealId").GetString()!;
    }

    // An owner comes after the acknowledgement.
    private async Task<JsonElement> AssignedAsync(string deal)
    {
        var found = await Eventually.SeenAsync(
            async () => await _home.Admin.GetAsync($"/api/deals/{deal}") is { StatusCode: HttpStatusCode.OK } answer
                && await answer.JsonAsync() is var shown && shown.GetProperty("owner").ValueKind == JsonValueKind.String
                ? (object)shown
                : null,
            "an owner");
        return (JsonElement)found;
    }

    private async Task<List<OutgoingMail>> AcknowledgementsAsync()
    {
        var pages = Pages.ReadAllAsync(from => _home.Services.GetRequiredService<IMailOutbox>().QueryAsync(
            new MailQuery { PageSize = 1000, Continuation = from }));
        var mails = new List<OutgoingMail>();
        await foreach (var page in pages)
        {
            mails.AddRange(page.Items.Select(record => record.Mail).Where(mail => mail.Kind == "inquiry-acknowledged"));
        }

        return mails;
    }
}

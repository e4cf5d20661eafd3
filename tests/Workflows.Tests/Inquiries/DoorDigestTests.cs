using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Inquiries;

public sealed class DoorDigestTests : IAsyncLifetime
{
    private Scenario _scenario = null!;

    public async Task InitializeAsync() => _scenario = await Scenario.StartAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task A_flood_of_dead_letters_is_one_mail_an_hour_and_tells_of_each_once()
    {
        await AddAsync(DoorItemKind.DeadLetter, "standard/m1");
        await SendAsync();
        foreach (var number in Enumerable.Range(2, 30))
        {
            await AddAsync(DoorItemKind.DeadLetter, $"standard/m{number}");
        }

        await SendAsync();
        Assert.Single(await _scenario.MailsAsync<DeliveriesLost>());

        await _scenario.AdvanceAsync(TimeSpan.FromHours(1));
        await SendAsync();
        await _scenario.AdvanceAsync(TimeSpan.FromHours(5));
        await SendAsync();

        var mails = await _scenario.MailsAsync<DeliveriesLost>();
        Assert.Equal([(1, 1), (30, 20)], mails.Select(mail => (mail.Count, mail.Lines.Count)));
        Assert.EndsWith("/webhooks", mails[0].Link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_rules_refuse_is_told_to_the_manager_and_what_was_reinstated_is_not()
    {
        var spam = Buyers.Inquiry() with { SpamFlag = true };
        await QualifyAsync("D-1", spam, again: null);
        await QualifyAsync("D-2", spam with { PlatformInquiryId = "M2" }, again: null);
        await QualifyAsync("D-2", spam with { PlatformInquiryId = "M2" }, SecondLook.Reinstated);

        await SendAsync();

        var mail = Assert.Single(await _scenario.MailsAsync(), mail => mail.Mail is InquiriesRefused);
        Assert.Equal(
            StaffRole.Manager, _scenario.Policy.Staff.Single(member => member.Email == mail.To.Address).Role);
        var refused = (InquiriesRefused)mail.Mail;
        Assert.Equal("An inquiry was refused: Acme GmbH: Ball valve DN50", refused.Subject);
        Assert.EndsWith("/deals/D-1", Assert.Single(refused.Lines).Link, StringComparison.Ordinal);
    }

    private Task SendAsync() => _scenario.Get<DoorDigests>().SendDueAsync(_scenario.Bound);

    private Task AddAsync(DoorItemKind kind, string id) => DoorNews.AddAsync(
        _scenario.Tables,
        new DoorItem(kind, id, Region: "", "standard", "It makes no sense.", "", _scenario.Clock.GetUtcNow()),
        _scenario.Bound);

    private async Task QualifyAsync(string deal, Inquiry inquiry, SecondLook? again) =>
        await _scenario.RunAsync<QualifyInquiry, QualifyInput, QualifiedInquiry>(
            new QualifyInput(new DealId(deal), inquiry, "m1", again));
}

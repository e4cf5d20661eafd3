using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Mail;

namespace Workflows.Web.Tests.Mail;

public sealed class MailReadersTests(TradingHome home) : IClassFixture<TradingHome>
{
    private static readonly MailParty Jonas = new("jonas@ridgewater.example", "Jonas");

    [Fact]
    public async Task Who_may_read_a_mail_is_the_same_in_the_API_and_in_the_console()
    {
        home.Owner = "jonas";
        var (deal, _) = await home.AskedAsync();
        home.Owner = "mei";
        await ExpectAsync(deal, isSeenBySales: true);
        await ExpectAsync((await home.AskedAsync()).Deal, isSeenBySales: false);
    }

    [Theory]
    [InlineData("jonas", "approval-requested", false)]
    [InlineData("jonas", "quotation-offer", true)]
    [InlineData(null, "quotation-offer", true)]
    [InlineData(null, "approval-requested", false)]
    public void A_colleague_reads_mails_to_buyers_and_none_of_which_it_is_not_kept_that_it_is_theirs(
        string? whose, string kind, bool mayRead)
    {
        var mail = new OutgoingMail("m-1", Jonas, "Subject", "text", "<p>", kind, "D-1");
        var record = new MailRecord(mail, MailStatus.Sent, DateTimeOffset.UnixEpoch, null, 1, null);
        Assert.Equal(mayRead, new Actor(new StaffId(whose ?? "amira"), Role.Sales, "key").MayRead(record));
        Assert.True(new Actor(new StaffId("boss"), Role.Admin, "key").MayRead(record));
    }

    [Fact]
    public void Two_who_share_an_address_do_not_read_each_others_mails()
    {
        var mail = new OutgoingMail("m-1", Jonas, "Subject", "text", "<p>", "approval-requested", "D-1", For: "viktor");
        var record = new MailRecord(mail, MailStatus.Sent, DateTimeOffset.UnixEpoch, null, 1, null);
        Assert.False(new Actor(new StaffId("jonas"), Role.Manager, "key").MayRead(record));
        Assert.True(new Actor(new StaffId("viktor"), Role.Manager, "key").MayRead(record));
    }

    [Fact]
    public async Task A_link_that_an_earlier_version_stored_is_hidden_from_the_admin_too()
    {
        const string link = "https://deals.example/api/approvals/AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGhIjKlMnO-_";
        var mail = new OutgoingMail(
            "m-1", Jonas, "Subject", $"Decide: {link}\n", $"<a href=\"{link}\">Decide</a>", "approval-requested",
            "D-1");
        var record = new MailRecord(mail, MailStatus.Sent, DateTimeOffset.UnixEpoch, null, 1, null);
        var secrets = home.Web.Services.GetRequiredService<IMailSecrets>();

        var shown = await new Actor(new StaffId("boss"), Role.Admin, "key").ShowAsync(record, secrets, default);
        Assert.True(shown.LinkIsHidden);
        Assert.Equal("Decide: https://deals.example/api/approvals/hidden\n", shown.Record.Mail.Text);
        Assert.Equal(
            "<a href=\"https://deals.example/api/approvals/hidden\">Decide</a>", shown.Record.Mail.Html);
        Assert.Equal(mail, await secrets.PutInAsync(mail, default));
    }

    private async Task ExpectAsync(string deal, bool isSeenBySales)
    {
        var outbox = home.Web.Services.GetRequiredService<IMailOutbox>();
        var mails = (await outbox.QueryAsync(new MailQuery { About = deal })).Items;
        Assert.Contains(mails, record => record.Mail.To.Address.Contains("buyer", StringComparison.Ordinal));
        foreach (var role in Enum.GetValues<Role>())
        {
            var listed = await (await home.As(role).GetAsync($"/api/mails?about={deal}")).Content.ReadAsStringAsync();
            foreach (var record in mails)
            {
                var page = await home.As(role).GetAsync($"/mails/{Uri.EscapeDataString(record.Mail.Id)}");
                var isListed = listed.Contains($"\"{record.Mail.Id}\"", StringComparison.Ordinal);
                Assert.Equal(isListed ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.StatusCode);
                Assert.Equal(MayRead(role, record, isSeenBySales), isListed);
            }
        }
    }

    // Staff read their own, and those to buyers of deals that they see; the holder of finance's key is in no policy.
    private static bool MayRead(Role role, MailRecord record, bool isSeenBySales)
    {
        var address = record.Mail.To.Address;
        return role == Role.Admin
            || (!address.EndsWith("@ridgewater.example", StringComparison.Ordinal)
                && (role != Role.Sales || isSeenBySales))
            || (role == Role.Sales && address == "jonas@ridgewater.example")
            || (role == Role.Manager && address == "hanna@ridgewater.example");
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Mail;

namespace Workflows.Web.Tests.Mail;

public sealed class MailReadersTests(TradingHome home) : IClassFixture<TradingHome>
{
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
    [InlineData("approval-requested", false)]
    [InlineData("quotation-offer", true)]
    public void A_link_that_went_to_a_colleague_who_has_left_is_read_by_no_colleague(string kind, bool mayRead)
    {
        var mail = new OutgoingMail(
            "m-1", new MailParty("left@ridgewater.example", "Left"), "Subject", "text", "<p>", kind, "D-1");
        var record = new MailRecord(mail, MailStatus.Sent, DateTimeOffset.UnixEpoch, null, 1, null);
        var jonas = new Actor(new StaffId("jonas"), Role.Sales, "key");
        Assert.Equal(mayRead, jonas.MayRead(record, PolicyLoader.Default()));
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

using System.Net;
using System.Text.Json;
using Workflows.Policies;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Mail;

/// <summary>A link that decides is its addressee's alone, today and when the policy has changed.</summary>
public sealed class ApprovalLinkReadersTests : IAsyncLifetime
{
    private readonly TradingHome _home = new();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task The_link_is_shown_to_its_addressee_and_hidden_from_everybody_else()
    {
        var (deal, link) = await _home.AskedAsync();
        using var viktor = await _home.Web.CallerAsync("viktor", Role.Manager);
        var own = await MailAsync(viktor, deal);
        Assert.Contains(link, own.GetProperty("text").GetString()!, StringComparison.Ordinal);
        Assert.False(own.GetProperty("linkIsHidden").GetBoolean());
        var page = PageOf(own);
        Assert.Contains(link, await viktor.GetStringAsync(page + "?part=text"), StringComparison.Ordinal);
        Assert.Contains(link, await viktor.GetStringAsync(page + "/html"), StringComparison.Ordinal);
        Assert.DoesNotContain("is hidden", await viktor.GetStringAsync(page), StringComparison.Ordinal);

        var admin = await MailAsync(_home.Web.Admin, deal);
        Assert.True(admin.GetProperty("linkIsHidden").GetBoolean());
        Assert.Contains("is hidden", await _home.Web.Admin.GetStringAsync(page), StringComparison.Ordinal);
        string[] shown =
        [
            admin.GetProperty("text").GetString()!,
            await _home.Web.Admin.GetStringAsync(page + "?part=text"),
            await _home.Web.Admin.GetStringAsync(page + "/html"),
        ];
        foreach (var text in shown)
        {
            Assert.Contains("/api/approvals/hidden", text, StringComparison.Ordinal);
            Assert.DoesNotContain(link, text, StringComparison.Ordinal);
        }

        using var refused = await _home.Web.Anonymous.GetAsync("/api/approvals/hidden");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_policy_in_which_the_address_is_another_persons_opens_the_mail_to_nobody()
    {
        var (deal, _) = await _home.AskedAsync();
        var page = PageOf(await MailAsync(_home.Web.Admin, deal));
        await _home.Web.StopAsync();
        var later = new WebHome
        {
            Folder = _home.Web.Folder,
            Policy = WithAddressOfViktor(_home.Web.Policy, "jonas"),
        };
        await later.InitializeAsync();

        string[] others = ["jonas", "hanna", "lin", "omar"];
        foreach (var (name, role) in others.SelectMany(_ => Enum.GetValues<Role>(), (name, role) => (name, role)))
        {
            if (role != Role.Admin)
            {
                using var caller = await later.CallerAsync(name, role);
                Assert.Empty(await ApprovalMailsAsync(caller, deal));
                Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync(page)).StatusCode);
                Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync(page + "/html")).StatusCode);
            }
        }

        using var viktor = await later.CallerAsync("viktor", Role.Manager);
        Assert.Equal(HttpStatusCode.OK, (await viktor.GetAsync(page)).StatusCode);
        await later.StopAsync();
    }

    private static Policy WithAddressOfViktor(Policy policy, string other)
    {
        var address = policy.FindStaff(new StaffId("viktor"))!.Email;
        return policy with
        {
            Staff = [.. policy.Staff.Select(member => member.Id.Value switch
            {
                "viktor" => member with { Email = "viktor@elsewhere.example" },
                var id when id == other => member with { Email = address },
                _ => member,
            })],
        };
    }

    private static string PageOf(JsonElement mail) =>
        "/mails/" + Uri.EscapeDataString(mail.GetProperty("id").GetString()!);

    private static async Task<JsonElement> MailAsync(HttpClient caller, string deal) =>
        Assert.Single(await ApprovalMailsAsync(caller, deal));

    private static async Task<List<JsonElement>> ApprovalMailsAsync(HttpClient caller, string deal) =>
        [.. (await (await caller.GetAsync($"/api/mails?about={deal}&kind=approval-requested")).JsonAsync())
            .GetProperty("items").EnumerateArray()];
}

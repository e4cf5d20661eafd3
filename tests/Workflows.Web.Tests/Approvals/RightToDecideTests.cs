using System.Net;
using System.Text.Json;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Web.Tests.Approvals;

/// <summary>Who decides a request is who has the right at the moment of the decision.</summary>
public sealed class RightToDecideTests
{
    private static readonly DateTimeOffset Thursday = OfferHome.Morning.AddDays(1);
    private static readonly DateTimeOffset Friday = OfferHome.Morning.AddDays(2);

    [Fact]
    public async Task Leave_that_begins_while_a_request_waits_brings_it_to_the_deputy()
    {
        await using var home = await OfferHome.StartAsync(policy => With(policy, "hanna", member =>
            member with { Absences = [new Absence(new(2026, 11, 5), new(2026, 11, 20), "leave")] }));
        var deal = await AskedAsync(home, discount: 8);
        var first = await home.LinkAsync(deal, "hanna");

        await home.AdvanceToAsync(Thursday);

        var ask = (await home.ApprovalAsync(deal)).GetProperty("ask");
        Assert.Equal(
            ("viktor", "hanna"),
            (ask.GetProperty("approver").GetString(), ask.GetProperty("delegateFor").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await home.DecideAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await home.DecideAsync(await home.LinkAsync(deal, "viktor"))).StatusCode);
        Assert.Equal("Sent", (await home.DealAsync(deal)).GetProperty("quotationStatus").GetString());
    }

    [Fact]
    public async Task A_leaver_at_the_last_level_decides_nothing_and_another_of_the_level_is_asked()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await AskedAsync(home, discount: 12);
        var link = await home.LinkAsync(deal, "viktor");

        await home.RestartAsync(policy => policy with
        {
            Staff = [.. policy.Staff.Select(member => member.Id.Value == "viktor"
                ? member with { Id = new StaffId("petra"), Name = "Petra Novak", Email = "petra@ridgewater.example" }
                : member)],
        });
        await ExpectRightLostAsync(home, link);
        await home.AdvanceToAsync(Thursday);

        Assert.Equal("petra", (await home.ApprovalAsync(deal)).GetProperty("ask").GetProperty("approver").GetString());
        Assert.Contains(
            "Viktor", string.Join(";", Notes(await home.ApprovalAsync(deal))), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await home.DecideAsync(await home.LinkAsync(deal, "petra"))).StatusCode);
        Assert.Equal("Sent", (await home.DealAsync(deal)).GetProperty("quotationStatus").GetString());
    }

    [Fact]
    public async Task Whoever_lost_the_right_at_the_last_hour_is_still_replaced_before_the_request_ends()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await AskedAsync(home, discount: 12);
        await home.AdvanceToAsync(Friday.AddMinutes(-5));

        await home.RestartAsync(policy => policy with
        {
            Staff = [.. policy.Staff.Select(member => member.Id.Value == "viktor"
                ? member with { Id = new StaffId("petra"), Name = "Petra Novak", Email = "petra@ridgewater.example" }
                : member)],
        });
        await home.AdvanceToAsync(Friday.AddMinutes(5));

        Assert.Equal("petra", (await home.ApprovalAsync(deal)).GetProperty("ask").GetProperty("approver").GetString());
        Assert.Equal(
            JsonValueKind.Null, (await home.ApprovalAsync(deal)).GetProperty("outcome").ValueKind);
    }

    [Fact]
    public async Task A_manager_who_became_a_salesperson_decides_nothing_and_the_next_in_line_is_asked()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await AskedAsync(home, discount: 8);
        var link = await home.LinkAsync(deal, "hanna");

        await home.RestartAsync(
            policy => With(policy, "hanna", member => member with { Role = StaffRole.Sales }));
        await ExpectRightLostAsync(home, link);
        await home.AdvanceToAsync(Thursday);

        var ask = (await home.ApprovalAsync(deal)).GetProperty("ask");
        Assert.Equal(
            ("viktor", "Director"), (ask.GetProperty("approver").GetString(), ask.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task An_approver_who_becomes_the_deals_owner_is_replaced_at_once()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await AskedAsync(home, discount: 8);
        var link = await home.LinkAsync(deal, "hanna");

        await home.PostAsync($"/api/deals/{deal}/handover", """{"to":"hanna","reason":"She takes it over."}""");

        Assert.Equal(HttpStatusCode.Conflict, (await home.DecideAsync(link)).StatusCode);
        Assert.Equal("viktor", (await home.ApprovalAsync(deal)).GetProperty("ask").GetProperty("approver").GetString());
        Assert.Contains(
            (await home.MailsAsync(deal, "approval-requested")), mail => mail.For == "viktor");
    }

    [Fact]
    public async Task A_deals_owner_is_never_asked_about_another_persons_offer_for_it()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await home.AssignedAsync();
        await home.PostAsync($"/api/deals/{deal}/handover", """{"to":"hanna","reason":"She takes it over."}""");
        await home.QuoteAsync(deal, discount: 8);

        Assert.Equal("viktor", (await home.ApprovalAsync(deal)).GetProperty("ask").GetProperty("approver").GetString());
    }

    [Fact]
    public async Task A_person_of_two_levels_is_asked_once_and_never_escalated_to_themselves()
    {
        await using var home = await OfferHome.StartAsync(policy => With(policy, "hanna", member =>
            member with { Absences = [new Absence(new(2026, 11, 1), new(2026, 11, 30), "leave")] }));
        var deal = await AskedAsync(home, discount: 8);
        var mail = Assert.Single(await home.MailsAsync(deal, "approval-requested"));
        Assert.Equal("viktor", mail.For);
        Assert.Contains("expires", mail.Text, StringComparison.Ordinal);

        await home.AdvanceToAsync(Friday);

        Assert.Empty(await home.MailsAsync(deal, "approval-escalated"));
        var approval = await home.ApprovalAsync(deal);
        Assert.Equal("Expired", approval.GetProperty("outcome").GetProperty("verdict").GetString());
        Assert.DoesNotContain("Escalated", approval.GetProperty("audit").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deputy_decides_no_more_when_the_person_is_back_who_is_asked_then()
    {
        await using var home = await OfferHome.StartAsync(policy => With(policy, "hanna", member =>
            member with { Absences = [new Absence(new(2026, 11, 1), new(2026, 11, 4), "leave")] }));
        var deal = await AskedAsync(home, discount: 8);
        var link = await home.LinkAsync(deal, "viktor");

        await home.AdvanceToAsync(Thursday.AddHours(-1));
        await ExpectRightLostAsync(home, link);
        await home.AdvanceToAsync(Thursday);

        Assert.Equal("hanna", (await home.ApprovalAsync(deal)).GetProperty("ask").GetProperty("approver").GetString());
        Assert.Equal(HttpStatusCode.OK, (await home.DecideAsync(await home.LinkAsync(deal, "hanna"))).StatusCode);
    }

    private static async Task<string> AskedAsync(OfferHome home, decimal discount)
    {
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount);
        return deal;
    }

    private static async Task ExpectRightLostAsync(OfferHome home, string link)
    {
        await (await home.DecideAsync(link)).ProblemAsync(HttpStatusCode.Forbidden, "right-lost");
        var page = await home.Web.Anonymous.GetAsync(link);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("You no longer decide this", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Notes(JsonElement approval) => approval.GetProperty("audit").EnumerateArray()
        .Select(entry => entry.GetProperty("note").GetString() ?? "");

    private static Policy With(Policy policy, string id, Func<StaffMember, StaffMember> change) => policy with
    {
        Staff = [.. policy.Staff.Select(member => member.Id.Value == id ? change(member) : member)],
    };
}

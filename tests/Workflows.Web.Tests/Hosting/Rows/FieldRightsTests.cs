using System.Text.Json;

namespace Workflows.Web.Tests.Hosting.Rows;

/// <summary>Who sees cost, contacts, credit and approvers' addresses, asked through the routes.</summary>
public sealed class FieldRightsTests(DividedHome home) : IClassFixture<DividedHome>
{
    private const string Contact = "rosa@buyer";

    private TradingHome Trading => home.Trading;

    [Theory]
    [InlineData("sales", true)]
    [InlineData("manager", true)]
    [InlineData("finance", true)]
    [InlineData("admin", true)]
    [InlineData("operations", false)]
    public async Task A_deal_shows_cost_margin_and_contacts_to_those_who_work_on_it(string role, bool isShown)
    {
        Trading.Owner = DividedHome.Own;
        var (deal, link) = await Trading.AskedAsync();
        await Trading.PostAsync(link, """{"decision":"Approve","comment":"Agreed."}""");
        await Trading.DealAsync(deal, found => found.GetProperty("quotationStatus").GetString() == "Sent", "the offer");

        var json = await ReadAsync(role, $"/api/deals/{deal}");
        var pages = await ReadAsync(role, $"/deals/{deal}")
            + await ReadAsync(role, $"/approvals/{Uri.EscapeDataString(deal)}-A1");

        string[] inJson = ["\"unitCost\":60", "\"marginPercent\":3", "The margin of", Contact, "\"name\":\"Margin\""];
        Assert.All(inJson, inside =>
            Assert.True(json.Contains(inside, StringComparison.Ordinal) == isShown, $"{role}: {inside}"));
        Assert.All(["Margin", Contact], inside =>
            Assert.True(pages.Contains(inside, StringComparison.Ordinal) == isShown, $"{role}: {inside} on a page"));
    }

    [Theory]
    [InlineData("manager", true)]
    [InlineData("finance", true)]
    [InlineData("sales", false)]
    [InlineData("operations", false)]
    public async Task From_where_an_approver_decided_is_for_those_who_audit(string role, bool isShown)
    {
        Trading.Owner = DividedHome.Own;
        var (deal, link) = await Trading.AskedAsync();
        await Trading.PostAsync(link, """{"decision":"Approve","comment":"Agreed."}""");
        await Trading.DealAsync(deal, found => found.GetProperty("quotationStatus").GetString() == "Sent", "the offer");

        foreach (var path in new[] { $"/api/deals/{deal}", $"/approvals/{deal}-A1" })
        {
            await ExpectAsync(role, path, "127.0.0.1", isShown);
        }
    }

    [Theory]
    [InlineData("sales", true)]
    [InlineData("finance", true)]
    [InlineData("operations", false)]
    public async Task Credit_and_contacts_of_a_customer_stay_out_of_invoices_mails_and_timelines(
        string role, bool isShown)
    {
        Trading.Owner = DividedHome.Own;
        var deal = await Trading.OrderedAsync();

        await ExpectAsync(role, $"/api/invoices/{deal}-I1", Contact, isShown);
        await ExpectAsync(role, $"/api/invoices?deal={deal}", Contact, isShown);
        await ExpectAsync(role, $"/api/mails?about={deal}", "order-confirm", isShown: true);
        await ExpectAsync(role, $"/api/mails?about={deal}", $"\"address\":\"{Contact}", isShown);
        await ExpectAsync(role, $"/invoices/{deal}-I1", "<dt>Limit</dt>", isShown);
        await ExpectAsync(role, $"/api/deals/{deal}", "within the limit of", isShown);
    }

    [Fact]
    public async Task A_customer_s_credit_counts_all_and_names_no_deal_of_others()
    {
        Trading.Owner = DividedHome.Own;
        var own = await Trading.OrderedAsync();
        var invoice = await Trading.GetAsync($"/api/invoices/{own}-I1");
        var customer = invoice.GetProperty("invoice").GetProperty("customer").GetString();
        var mail = invoice.GetProperty("invoice").GetProperty("billTo").GetProperty("email").GetString()!;
        var other = await Trading.OrderedAsync(mail);
        await Trading.HandOverAsync(other, DividedHome.Other);
        await Trading.HandOverAsync(own, "amira");
        await Trading.HandOverAsync(own, DividedHome.Own);

        var path = $"/api/customers/{customer}/credit";
        var seen = JsonSerializer.Deserialize<JsonElement>(await ReadAsync("sales", path));
        var all = JsonSerializer.Deserialize<JsonElement>(await ReadAsync("finance", path));

        Assert.Equal(all.GetProperty("exposure").ToString(), seen.GetProperty("exposure").ToString());
        Assert.Contains(other, all.ToString(), StringComparison.Ordinal);
        Assert.Contains(own, seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(other, seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inquiry_that_repeats_another_does_not_name_a_deal_of_others()
    {
        Trading.Owner = DividedHome.Other;
        var mail = $"rosa@{Trading.Unique("twice")}.example";
        var original = await Trading.AssignedAsync(mail);
        var again = await Trading.TakenAsync(mail);
        await Trading.DealAsync(again, found => found.GetProperty("stage").GetString() == "Rejected", "the end");

        // Nobody has it, so that it waits for the managers of its region.
        foreach (var path in new[] { $"/api/deals/{again}", $"/deals/{again}" })
        {
            await ExpectAsync("director", path, original, isShown: true);
            await ExpectAsync("manager", path, original, isShown: false);
        }
    }

    private async Task ExpectAsync(string role, string path, string inside, bool isShown) => Assert.True(
        (await ReadAsync(role, path)).Contains(inside, StringComparison.Ordinal) == isShown,
        $"{role} {path}: {inside} is {(isShown ? "left out" : "shown")}.");

    private async Task<string> ReadAsync(string role, string path)
    {
        using var answer = await home.As(role).GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{role} {path}: {(int)answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }
}

using System.Net;
using System.Text.Json;
using Workflows.Policies;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting.Rows;

/// <summary>Whose rows a policy opens to whom, asked through the routes.</summary>
public sealed class RowRightsTests
{
    [Fact]
    public async Task A_salesperson_loses_a_deal_and_its_settled_invoices_in_the_moment_of_the_handover()
    {
        await using var home = await StartAsync(policy => policy);
        var (jonas, mei) = (await home.AsAsync("jonas"), await home.AsAsync("mei"));
        var deal = await home.Trading.OrderedAsync();
        await home.Trading.PayAsync($"{deal}-I1");
        await home.UntilPaidAsync($"{deal}-I1");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(jonas, $"/api/invoices/{deal}-I1"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(mei, $"/api/invoices/{deal}-I1"));

        await home.Trading.HandOverAsync(deal, "mei");

        foreach (var path in new[] { $"/api/deals/{deal}", $"/deals/{deal}", $"/api/invoices/{deal}-I1" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(jonas, path));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(mei, path));
        }
    }

    [Fact]
    public async Task The_answer_of_an_idempotency_key_is_not_repeated_to_a_former_owner()
    {
        await using var home = await StartAsync(policy => policy);
        var jonas = await home.AsAsync("jonas");
        var deal = await home.Trading.AssignedAsync();
        using var first = await jonas.SendAsync(Offer());
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        await home.Trading.HandOverAsync(deal, "mei");
        using var again = await jonas.SendAsync(Offer());

        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);

        HttpRequestMessage Offer() =>
            WebHome.Post($"/api/deals/{deal}/quotations", TradingHome.QuotationOf(discount: 0), "offer-of-jonas-1");
    }

    [Theory]
    [InlineData("/api/deals/{0}/quotations")]
    [InlineData("/api/deals/{0}/giveup")]
    [InlineData("/api/invoices/{0}-I1/writeoff")]
    public async Task A_key_whose_name_is_on_no_staff_list_finds_nothing_to_change(string path)
    {
        await using var home = await StartAsync(policy => policy);
        var deal = await home.Trading.AssignedAsync();
        var stranger = await home.AsAsync("temp-sales");

        using var answer = await stranger.SendAsync(
            WebHome.Post(string.Format(null, path, deal), "not even JSON", "key-1"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(deal, await stranger.GetStringAsync("/api/deals"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deputy_of_an_absent_owner_acts_as_the_owner_and_nobody_else_does()
    {
        await using var home = await StartAsync(policy => policy with
        {
            Staff = [.. policy.Staff.Select(member => member.Id.Value == "jonas"
                ? member with { Absences = [new Absence(new DateOnly(2020, 1, 1), new DateOnly(2099, 1, 1), "Away.")] }
                : member)],
        });
        var deal = await home.Trading.AssignedAsync();

        Assert.Equal(HttpStatusCode.OK, await ReplyAsync(await home.AsAsync("amira"), deal));
        Assert.Equal(HttpStatusCode.NotFound, await ReplyAsync(await home.AsAsync("diego"), deal));
    }

    [Fact]
    public async Task Who_sees_a_colleague_s_deal_and_may_not_change_it_is_told_so_and_sees_no_form_cost_or_contact()
    {
        await using var home = await StartAsync(policy => With(policy, new RowScopes(RowScope.Team, RowScope.Own)));
        var deal = await home.Trading.QuotedAsync();
        var (jonas, amira) = (await home.AsAsync("jonas"), await home.AsAsync("amira"));

        Assert.Equal(HttpStatusCode.Forbidden, await ReplyAsync(amira, deal));
        Assert.Equal(HttpStatusCode.NotFound, await ReplyAsync(await home.AsAsync("mei"), deal));
        var (own, colleague) = (
            await jonas.GetStringAsync($"/deals/{deal}"), await amira.GetStringAsync($"/deals/{deal}"));
        Assert.All(["What you can do now", "Margin", ".example</dd>"], inside =>
        {
            Assert.Contains(inside, own, StringComparison.Ordinal);
            Assert.DoesNotContain(inside, colleague, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_region_opens_the_deals_of_its_buyers_whoever_owns_them()
    {
        var region = new RowScopes(RowScope.Region, RowScope.Region);
        await using var home = await StartAsync(policy => With(policy, region));
        home.Trading.Owner = "mei";
        var deal = await home.Trading.AssignedAsync();

        // The buyer is in Spain; mei is the owner, diego sells to the Americas.
        Assert.Equal(HttpStatusCode.OK, await ReplyAsync(await home.AsAsync("amira"), deal));
        Assert.Equal(HttpStatusCode.OK, await ReplyAsync(await home.AsAsync("mei"), deal));
        Assert.Equal(HttpStatusCode.NotFound, await ReplyAsync(await home.AsAsync("diego"), deal));
    }

    [Fact]
    public async Task Pages_of_a_list_are_full_and_go_on_over_the_rows_of_others()
    {
        await using var home = await StartAsync(policy => policy);
        var own = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            home.Trading.Owner = i % 5 == 0 ? "jonas" : "mei";
            var deal = await home.Trading.AssignedAsync();
            if (home.Trading.Owner == "jonas")
            {
                own.Insert(0, deal);
            }
        }

        var jonas = await home.AsAsync("jonas");
        var pages = await PagesAsync(jonas, "/api/deals?stage=Assigned&limit=5");

        Assert.Equal([5, 5, 2], pages.Select(page => page.Count));
        Assert.Equal(own, pages.SelectMany(page => page));
    }

    private static Policy With(Policy policy, RowScopes sales) =>
        policy with { Visibility = VisibilityPolicy.Default with { Sales = sales } };

    private static async Task<List<List<string>>> PagesAsync(HttpClient caller, string path)
    {
        var pages = new List<List<string>>();
        for (string? cursor = ""; cursor is not null;)
        {
            using var answer = await caller.GetAsync(path + cursor);
            var page = await answer.JsonAsync();
            pages.Add(
                [.. page.GetProperty("items").EnumerateArray().Select(deal => deal.GetProperty("id").GetString()!)]);
            cursor = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String
                ? "&cursor=" + Uri.EscapeDataString(next.GetString()!)
                : null;
        }

        return pages;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient caller, string path)
    {
        using var answer = await caller.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> ReplyAsync(HttpClient caller, string deal)
    {
        using var answer = await caller.SendAsync(
            WebHome.Post($"/api/deals/{deal}/reply", """{"channel":"mail"}"""));
        return answer.StatusCode;
    }

    private static async Task<SalesHome> StartAsync(Func<Policy, Policy> change)
    {
        var home = new SalesHome(new TradingHome
        {
            Policy = change(DividedHome.Divided(PolicyLoader.Default())),
            Owner = "jonas",
        });
        await home.Trading.InitializeAsync();
        return home;
    }

    private sealed record SalesHome(TradingHome Trading) : IAsyncDisposable
    {
        public Task<HttpClient> AsAsync(string name) => Trading.Web.CallerAsync(name, Role.Sales);

        public async Task UntilPaidAsync(string invoice) => await Conformance.Eventually.SeenAsync(
            async () => (await Trading.GetAsync($"/api/invoices/{invoice}")).GetProperty("invoice")
                .GetProperty("status").GetString() == "Paid" ? invoice : null,
            "a paid invoice");

        public async ValueTask DisposeAsync() => await Trading.DisposeAsync();
    }
}

using System.Net;
using Workflows.Policies;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Deals;

/// <summary>To whom a deal can be handed over, tried through the API and the console.</summary>
public sealed class HandoverTests : IAsyncLifetime
{
    private readonly TradingHome _home = new() { Policy = WithAbsence(PolicyLoader.Default(), "mei") };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Theory]
    [InlineData("omar")] // operations
    [InlineData("lin")] // finance
    [InlineData("mei")] // away
    [InlineData("nobody")]
    public async Task A_deal_goes_to_nobody_who_does_not_sell_or_is_away(string to)
    {
        var deal = await _home.AssignedAsync();
        using var answer = await HandOverAsync(deal, to);

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "choice-invalid");
        Assert.Equal(["/to"], problem.Pointers());
        Assert.NotEqual(to, (await _home.GetAsync($"/api/deals/{deal}")).GetProperty("owner").GetString());
    }

    [Theory]
    [InlineData("amira")]
    [InlineData("hanna")]
    public async Task A_deal_goes_to_a_salesperson_or_a_manager_who_is_here(string to)
    {
        var deal = await _home.AssignedAsync();
        using var answer = await HandOverAsync(deal, to);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await _home.DealAsync(deal, found => found.GetProperty("owner").GetString() == to, "the new owner");
    }

    [Fact]
    public async Task The_form_offers_those_who_can_take_it()
    {
        var deal = await _home.AssignedAsync();
        using var answer = await _home.As(Role.Admin).GetAsync($"/deals/{deal}");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("value=\"amira\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"mei\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"omar\"", page, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> HandOverAsync(string deal, string to) => _home.As(Role.Admin).SendAsync(
        WebHome.Post(
            $"/api/deals/{deal}/handover", $$"""{"to":"{{to}}","reason":"A test."}""", _home.Unique("handover-key")));

    private static Policy WithAbsence(Policy policy, string id)
    {
        var today = policy.Company.DayOf(TimeProvider.System.GetUtcNow());
        var away = new Absence(today.AddDays(-1), today.AddDays(7), "leave");
        return policy with
        {
            Staff =
            [
                .. policy.Staff.Select(member =>
                    member.Id == new StaffId(id) ? member with { Absences = [away] } : member),
            ],
        };
    }
}

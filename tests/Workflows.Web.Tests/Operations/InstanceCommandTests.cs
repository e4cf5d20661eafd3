using System.Net;
using System.Text.Json;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Tests.Routes;

namespace Workflows.Web.Tests.Operations;

/// <summary>What an administrator does to instances, tried through the routes.</summary>
public sealed class InstanceCommandTests(TradingHome home) : IClassFixture<TradingHome>
{
    [Theory]
    [InlineData("""{"kind":"given-up","id":"x","by":"hanna","reason":"forged"}""")]
    [InlineData("""{"kind":"quotation-offered","id":"x","by":"hanna","draft":null}""")]
    [InlineData("""{"nonsense":true}""")]
    public async Task An_event_for_a_deal_is_refused_whatever_it_holds_and_the_deal_goes_on(string payload)
    {
        var deal = await home.AssignedAsync();
        using var answer = await RaiseAsync(deal, "deal-signal", payload);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.JsonAsync();
        Assert.EndsWith("/event-refused", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains("giveup", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("Running", await StatusAsync(deal));
        Assert.Equal("Assigned", (await home.GetAsync($"/api/deals/{deal}")).GetProperty("stage").GetString());
    }

    [Theory]
    [InlineData("collection-signal", """{"kind":"payment-booked"}""")]
    [InlineData("approval-signal", """{"approved":true}""")]
    [InlineData("approval-signal", "7")]
    [InlineData("anything", "{}")]
    public async Task An_event_that_an_approval_does_not_take_is_refused_and_it_goes_on(string name, string payload)
    {
        var (deal, _) = await home.AskedAsync();
        using var answer = await RaiseAsync($"{deal}-A1", name, payload);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("Running", await StatusAsync($"{deal}-A1"));
    }

    [Fact]
    public async Task An_event_needs_a_reason()
    {
        var (deal, _) = await home.AskedAsync();
        using var answer = await home.As(Role.Admin).SendAsync(WebHome.Post(
            $"/api/instances/{deal}-A1/events/approval-signal", """{"payload":{}}""", home.Unique("instance-key")));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Each_operation_is_on_record_with_who_why_and_what_became_of_it()
    {
        var deal = await home.AssignedAsync();
        await OperateAsync(deal, "suspend", "Look at it");
        await OperateAsync(deal, "resume", "Fine");
        await OperateAsync(deal, "resume", "Twice");
        var (asked, _) = await home.AskedAsync();
        using var raised = await RaiseAsync($"{asked}-A1", "approval-signal", "{}");

        var log = (await home.GetAsync("/api/operations")).GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("target").GetString() == deal
                || entry.GetProperty("target").GetString() == $"{asked}-A1")
            .Select(entry => string.Join(' ', new[] { "who", "operation", "reason", "outcome" }
                .Select(member => entry.GetProperty(member).GetString())));

        var admin = TradingHome.NameOf(Role.Admin);
        Assert.Equal(
            [
                $"{admin} raise approval-signal A test Accepted",
                $"{admin} resume Twice NoChange",
                $"{admin} resume Fine Done",
                $"{admin} suspend Look at it Done",
            ],
            log);
    }

    [Fact]
    public async Task A_deal_that_was_ended_by_mistake_goes_on_where_it_stood()
    {
        var deal = await home.QuotedAsync();
        var before = await home.GetAsync($"/api/deals/{deal}");
        await OperateAsync(deal, "terminate", "By mistake");
        Assert.Equal("Terminated", await StatusAsync(deal));

        await OperateAsync(deal, "rewind", "Undo");
        await home.PostAsync($"/api/deals/{deal}/answer", """{"answer":"Accepted","purchaseOrder":"PO-1"}""");

        await home.DealAsync(deal, found => found.GetProperty("invoices").GetArrayLength() == 2, "the invoices");
        Assert.Equal("Quoted", before.GetProperty("stage").GetString());
    }

    [Fact]
    public async Task A_deal_that_has_completed_is_not_run_again_over_its_books()
    {
        var deal = await home.EndedAsync();
        var before = await home.GetAsync($"/api/deals/{deal}");
        using var answer = await home.As(Role.Admin).SendAsync(WebHome.Post(
            $"/api/instances/{deal}/restart", """{"reason":"A test."}""", home.Unique("instance-key")));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(before.ToString(), (await home.GetAsync($"/api/deals/{deal}")).ToString());
    }

    private async Task OperateAsync(string id, string operation, string reason)
    {
        using var answer = await home.As(Role.Admin).SendAsync(WebHome.Post(
            $"/api/instances/{id}/{operation}", $$"""{"reason":"{{reason}}"}""", home.Unique("instance-key")));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<HttpResponseMessage> RaiseAsync(string id, string name, string payload) =>
        home.As(Role.Admin).SendAsync(WebHome.Post(
            $"/api/instances/{id}/events/{name}", $$"""{"reason":"A test","payload":{{payload}}}""",
            home.Unique("instance-key")));

    private async Task<string?> StatusAsync(string id) =>
        (await home.GetAsync($"/api/instances/{id}")).GetProperty("status").GetString();
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Tests.Hosting.Security;

/// <summary>
/// An address that is refused again and again waits for each refusal; what is taken and who has a key does not wait.
/// </summary>
public sealed class RefusalDelayTests : IAsyncLifetime
{
    private const string Body = """{"type":"contact.updated","timestamp":"2026-01-05T08:00:00Z","data":{}}""";

    private readonly WebHome _home = new()
    {
        Configure = options =>
        {
            options.RateLimits.RefusalsPerSecond = 1;
            options.RateLimits.RefusalDelay = TimeSpan.FromMinutes(1);
        },
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_flood_of_wrong_signatures_waits_while_authentic_deliveries_are_taken()
    {
        using var over = new CancellationTokenSource();
        var refusals = Enumerable.Range(0, 20).Select(n => RefusedAsync($"msg_{n}", over.Token)).ToList();
        Assert.Equal(HttpStatusCode.Unauthorized, (await await Task.WhenAny(refusals)).StatusCode);

        using var authentic = await _home.Anonymous.SendAsync(WebHome.Signed("msg_good", Body));
        using var mei = await _home.CallerAsync("mei", Role.Sales);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await mei.GetAsync("/api/deals/D-NONE")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Accepted, authentic.StatusCode);
        Assert.Contains(refusals, refusal => !refusal.IsCompleted);
        // What waits for its refusal holds no room for bodies that others could have.
        var room = _home.Services.GetRequiredService<BodyRoom>();
        await Eventually.TrueAsync(() => room.Held == 0, "the room given back");
        Assert.Contains(refusals, refusal => !refusal.IsCompleted);
        await over.CancelAsync();
        await Task.WhenAll(refusals).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private Task<HttpResponseMessage> RefusedAsync(string id, CancellationToken over)
    {
        var request = WebHome.Signed(id, Body);
        request.Content = new StringContent(Body + " ", System.Text.Encoding.UTF8, "application/json");
        return _home.Anonymous.SendAsync(request, over);
    }
}

using System.Net;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting.Security;

public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly WebHome _home = new()
    {
        Configure = options =>
        {
            options.RateLimits.Window = TimeSpan.FromMinutes(10);
            options.RateLimits.PerKey = 3;
            options.RateLimits.Anonymous = 2;
            options.RateLimits.Webhooks = 2;
        },
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_key_over_its_limit_learns_when_to_come_back_and_others_are_not_held_up()
    {
        using var mei = await _home.CallerAsync("mei", Role.Sales);
        using var hanna = await _home.CallerAsync("hanna", Role.Manager);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await mei.GetAsync("/api/deals")).StatusCode);
        }

        var refused = await mei.GetAsync("/api/deals");

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await hanna.GetAsync("/api/deals")).StatusCode);
    }

    [Fact]
    public async Task Nobody_whom_the_settings_do_not_name_lifts_a_limit_by_naming_another_address()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusForAsync($"203.0.113.{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusForAsync("203.0.113.2"));

        async Task<HttpStatusCode> StatusForAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
            request.Headers.Add("X-Forwarded-For", address);
            using var answer = await _home.Anonymous.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_platform_over_its_limit_learns_when_to_come_back_and_nothing_of_it_is_recorded()
    {
        const string body = """{"type":"contact.updated","timestamp":"2026-01-05T08:00:00Z","data":{}}""";
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(
                HttpStatusCode.Accepted,
                (await _home.Anonymous.SendAsync(WebHome.Signed($"msg_{i}", body))).StatusCode);
        }

        var refused = await _home.Anonymous.SendAsync(WebHome.Signed("msg_2", body));

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "rate-limited");
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Null(await _home.Tables.GetAsync("WebhookInbox", "standard", "e|msg_2"));
        Assert.NotNull(await _home.Tables.GetAsync("WebhookInbox", "standard", "e|msg_1"));
    }

    [Fact]
    public async Task What_nobody_signed_uses_up_the_bucket_of_its_sender_and_not_the_platforms()
    {
        for (var i = 0; i < 3; i++)
        {
            using var stranger = await RawSender.OpenAsync(_home.Address, RawSender.Stranger(1));
            await stranger.SendAsync(RawSender.Unauthentic($"msg_{i}", length: 2) + "{}");
            Assert.Equal(i < 2 ? 401 : 429, await stranger.StatusAsync());
        }

        using var answer = await _home.Anonymous.SendAsync(
            WebHome.Signed("msg_own", """{"type":"contact.updated","data":{}}"""));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }
}

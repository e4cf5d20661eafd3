using System.Net;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

public sealed class SlowSenderTests : IAsyncLifetime
{
    private readonly WebHome _home = new()
    {
        Configure = options =>
        {
            options.RateLimits.ConcurrentWebhooks = 1;
            options.RateLimits.WebhookPatience = TimeSpan.FromSeconds(2);
        },
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Senders_whose_bodies_do_not_come_hold_up_nobody_and_are_not_waited_for()
    {
        var slow = new List<RawSender>();
        foreach (var number in Enumerable.Range(0, 4))
        {
            var sender = await RawSender.OpenAsync(_home.Address, RawSender.Here);
            await sender.SendAsync(RawSender.Unauthentic($"msg_slow{number}", length: 100) + "{");
            slow.Add(sender);
        }

        using var quick = await _home.Anonymous.SendAsync(
            WebHome.Signed("msg_quick", """{"type":"stock.changed","data":{}}"""));
        Assert.Equal(HttpStatusCode.Accepted, quick.StatusCode);

        foreach (var sender in slow)
        {
            Assert.Equal(408, await sender.StatusAsync());
            sender.Dispose();
        }
    }

    [Theory]
    [InlineData("/api/webhooks/standard", "webhook-id: msg_1", 400)]
    [InlineData("/api/webhooks/alibaba", "Authorization: nonsense", 400)]
    [InlineData("/api/webhooks/unknown", "webhook-id: msg_1", 404)]
    public async Task What_the_headers_refuse_is_refused_before_a_byte_of_the_body_comes(
        string path, string header, int status)
    {
        using var sender = await RawSender.OpenAsync(_home.Address, RawSender.Here);
        await sender.SendAsync(RawSender.Post(path, 700_000, "Content-Type: application/json", header));
        Assert.Equal(status, await sender.StatusAsync());
    }

    [Fact]
    public async Task A_stale_delivery_is_refused_before_a_byte_of_its_body_comes()
    {
        using var sender = await RawSender.OpenAsync(_home.Address, RawSender.Here);
        var stale = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 301;
        await sender.SendAsync(RawSender.Unauthentic("msg_stale", 700_000, stale));
        Assert.Equal(401, await sender.StatusAsync());
    }
}

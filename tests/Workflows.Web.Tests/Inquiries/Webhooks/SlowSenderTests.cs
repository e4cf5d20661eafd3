using System.Net;
using System.Net.Sockets;
using System.Text;

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
        var slow = new List<TcpClient>();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            var client = new TcpClient();
            await client.ConnectAsync(_home.Address.Host, _home.Address.Port);
            await client.GetStream().WriteAsync(
                "POST /api/webhooks/standard HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
            slow.Add(client);
        }

        using var quick = await _home.Anonymous.SendAsync(
            WebHome.Signed("msg_quick", """{"type":"stock.changed","data":{}}"""));
        Assert.Equal(HttpStatusCode.Accepted, quick.StatusCode);

        foreach (var client in slow)
        {
            var start = new byte[12];
            await client.GetStream().ReadExactlyAsync(start).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal("HTTP/1.1 408", Encoding.ASCII.GetString(start));
            client.Dispose();
        }
    }
}

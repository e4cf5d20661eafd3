using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Tests.Hosting.Security;

/// <summary>Connections that ask nothing shut nobody out.</summary>
public sealed class OpenConnectionsTests : IAsyncLifetime
{
    private const int Share = 8;
    private const int All = 20;

    private readonly List<RawSender> _idle = [];
    private readonly WebHome _home = new()
    {
        Configure = options =>
        {
            options.RateLimits.Connections = All;
            options.RateLimits.ConnectionsPerAddress = Share;
        },
    };

    private OpenConnections Open => _home.Services.GetRequiredService<OpenConnections>();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync()
    {
        _idle.ForEach(sender => sender.Dispose());
        return _home.DisposeAsync();
    }

    [Fact]
    public async Task Idle_connections_of_one_address_shut_nobody_else_out()
    {
        await IdleAsync(RawSender.Stranger(1), 3 * All);

        Assert.Null(await _idle[0].StatusAsync());
        Assert.InRange(Open.Count, 1, Share);
        await AssertGetsInAsync(RawSender.Stranger(2));
        await AssertGetsInAsync(RawSender.Stranger(1));
    }

    [Fact]
    public async Task Idle_connections_of_many_addresses_leave_room_for_one_more()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            await IdleAsync(RawSender.Stranger(number), Share);
        }

        await AssertGetsInAsync(RawSender.Stranger(6));
        Assert.InRange(Open.Count, 1, All);
    }

    [Fact]
    public async Task A_connection_with_a_request_under_way_stays()
    {
        const string path = "/api/approvals/unknown";
        using var busy = await RawSender.OpenAsync(_home.Address, RawSender.Stranger(1));
        await busy.SendAsync(RawSender.Post(path, 2, "Content-Type: application/json") + "{");
        var bodies = _home.Services.GetRequiredService<Workflows.Web.Hosting.Requests.BodyRoom>();
        await Eventually.TrueAsync(() => bodies.Held > 0, "a request under way");

        await IdleAsync(RawSender.Stranger(1), 3 * All);
        Assert.Null(await _idle[0].StatusAsync());
        await busy.SendAsync("}");

        Assert.Equal(400, await busy.StatusAsync());
    }

    private async Task IdleAsync(IPAddress from, int count)
    {
        foreach (var _ in Enumerable.Range(0, count))
        {
            _idle.Add(await RawSender.OpenAsync(_home.Address, from));
        }
    }

    private async Task AssertGetsInAsync(IPAddress from)
    {
        using var sender = await RawSender.OpenAsync(_home.Address, from);
        await sender.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(200, await sender.StatusAsync());
    }
}

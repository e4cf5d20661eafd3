using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Tests.Hosting.Requests;

/// <summary>Bodies that never end take little room, and nobody else's.</summary>
public sealed class UnfinishedBodyTests : IAsyncLifetime
{
    private const int Share = 64 * 1024;
    private const int Room = 3 * Share;

    private readonly List<RawSender> _senders = [];
    private readonly WebHome _home = new()
    {
        Configure = options =>
        {
            options.RateLimits.BodyBytes = Room;
            options.RateLimits.BodyBytesPerAddress = Share;
            options.RateLimits.WebhookPatience = TimeSpan.FromMinutes(5);
            options.RateLimits.BodyTimeout = TimeSpan.FromMinutes(5);
        },
    };

    private BodyRoom Bodies => _home.Services.GetRequiredService<BodyRoom>();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync()
    {
        _senders.ForEach(sender => sender.Dispose());
        return _home.DisposeAsync();
    }

    [Fact]
    public async Task The_oldest_unfinished_body_of_an_address_is_cut_off_for_its_newest()
    {
        // In blocks of the server each holds 20,480 bytes, so that three have room.
        const int Held = 20_480;
        for (var number = 0; number < 12; number++)
        {
            await StartAsync(RawSender.Stranger(1), Webhook(number), sent: 20_000);
            if (number < 3)
            {
                await Eventually.TrueAsync(() => Bodies.Held == (number + 1) * Held, "a whole body that is held");
            }
            else
            {
                Assert.Null(await _senders[number - 3].StatusAsync());
            }
        }

        Assert.InRange(Bodies.Held, 1, Share);
        await AssertOthersGetInAsync();
    }

    [Fact]
    public async Task Unfinished_bodies_of_many_addresses_leave_room_for_one_more()
    {
        foreach (var number in Enumerable.Range(0, 20))
        {
            await StartAsync(RawSender.Stranger(number + 1), Webhook(number), sent: 40_000);
        }

        await Eventually.TrueAsync(() => Bodies.Held > Room - 2 * 44_000, "room that is taken");
        Assert.InRange(Bodies.Held, 1, Room);
        await AssertOthersGetInAsync();
    }

    [Theory]
    [InlineData("/sign-in", "application/x-www-form-urlencoded")]
    [InlineData("/api/approvals/unknown", "application/x-www-form-urlencoded")]
    [InlineData("/api/approvals/unknown", "application/json")]
    public async Task Every_body_that_a_stranger_may_send_is_bounded_so(string path, string type)
    {
        foreach (var _ in Enumerable.Range(0, 12))
        {
            await StartAsync(
                RawSender.Stranger(1), RawSender.Post(path, 60_000, "Content-Type: " + type), sent: 20_000);
        }

        Assert.Null(await _senders[0].StatusAsync());
        Assert.InRange(Bodies.Held, 1, Share);
    }

    [Fact]
    public async Task The_body_of_a_known_sender_is_not_cut_off_for_those_of_strangers()
    {
        var key = (await _home.Keys.AddAsync("mei", Role.Sales)).Secret;
        await StartAsync(
            RawSender.Stranger(99),
            RawSender.Post(
                "/api/inquiries", 40_001, "Content-Type: application/json", "Idempotency-Key: of-a-known-sender",
                $"Authorization: Bearer {key}"),
            sent: 40_000);
        foreach (var number in Enumerable.Range(0, 20))
        {
            await StartAsync(RawSender.Stranger(number + 1), Webhook(number), sent: 20_000);
        }

        await _senders[0].SendAsync("x");

        Assert.Equal(400, await _senders[0].StatusAsync());
    }

    [Fact]
    public async Task Room_is_given_back_when_a_sender_goes()
    {
        await StartAsync(RawSender.Stranger(1), Webhook(1), sent: 20_000);
        await Eventually.TrueAsync(() => Bodies.Held >= 20_000, "a body that is held");

        _senders[0].Dispose();

        await Eventually.TrueAsync(() => Bodies.Held == 0, "room that is given back");
    }

    private static string Webhook(int number) => RawSender.Unauthentic($"msg_{number}", length: 700_000);

    private async Task StartAsync(IPAddress from, string head, int sent)
    {
        var sender = await RawSender.OpenAsync(_home.Address, from);
        _senders.Add(sender);
        var before = Bodies.Held;
        await sender.SendAsync(head + new string('x', sent));

        // One after the other, so that which of them is the oldest is known.
        await Eventually.TrueAsync(
            () => Bodies.Held != before || before > Share - 24_000, "a body that is held");
    }

    private async Task AssertOthersGetInAsync()
    {
        using var answer = await _home.Anonymous.SendAsync(WebHome.Signed(
            "msg_other", $$$"""{"type":"stock.changed","data":{"note":"{{{new string('n', 30_000)}}}"}}"""));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }
}

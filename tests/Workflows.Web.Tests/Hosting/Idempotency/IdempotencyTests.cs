using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Platform;
using Workflows.Web.Hosting.Idempotency;

namespace Workflows.Web.Tests.Hosting.Idempotency;

public sealed class IdempotencyTests(WebHome home) : IClassFixture<WebHome>
{
    private const string Inquiry =
        """{"source":"fair","buyer":{"name":"Bo Li","email":"bo@li-trading.com","company":"Li Trading"},"message":"Valves"}""";

    [Fact]
    public async Task A_repetition_gets_the_first_answer_and_has_no_second_effect()
    {
        var first = await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "\"key-repeat-1\""));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var again = await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "key-repeat-1"));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotent-Replayed")));
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
    }

    [Fact]
    public async Task Another_callers_same_key_is_another_request()
    {
        using var other = await home.CallerAsync("other", Workflows.Web.Hosting.Keys.Role.Sales);
        var first = await (await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "key-shared-1")))
            .JsonAsync();
        var second = await (await other.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "key-shared-1"))).JsonAsync();
        Assert.NotEqual(first.GetProperty("dealId").GetString(), second.GetProperty("dealId").GetString());
    }

    [Fact]
    public async Task A_persons_same_key_on_another_route_is_another_request()
    {
        var taken = await (await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "key-routes-1")))
            .JsonAsync();
        var payment = WebHome.Post(
            "/api/payments", """{"reference":"R-ROUTES","amount":{"amount":"5.00","currency":"USD"}}""",
            "key-routes-1");

        Assert.True(taken.TryGetProperty("dealId", out _));
        Assert.True((await home.Admin.SendAsync(payment)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Missing_malformed_and_reused_keys_are_named()
    {
        await (await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry)))
            .ProblemAsync(HttpStatusCode.BadRequest, "idempotency-key-missing");
        foreach (var key in new[] { "short", new string('k', 300), "has space in it" })
        {
            await (await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, key)))
                .ProblemAsync(HttpStatusCode.BadRequest, "idempotency-key-invalid");
        }

        await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "key-reused-1"));
        var changed = Inquiry.Replace("Valves", "Pumps", StringComparison.Ordinal);
        await (await home.Admin.SendAsync(WebHome.Post("/api/inquiries", changed, "key-reused-1")))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_refused_request_frees_its_key()
    {
        var bad = Inquiry.Replace("fair", "dream", StringComparison.Ordinal);
        await (await home.Admin.SendAsync(WebHome.Post("/api/inquiries", bad, "key-freed-1")))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "choice-invalid");
        Assert.Equal(
            HttpStatusCode.Created,
            (await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "key-freed-1"))).StatusCode);
    }

    [Fact]
    public async Task A_key_that_a_crash_left_behind_says_how_long_it_stays_taken()
    {
        await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "key-crashed-1"));
        var left = await home.Tables.ReadAllAsync("IdempotencyKeys", new TableQuery())
            .SingleAsync(row => row.RowKey == Sha256Hex.Lower("key-crashed-1"));
        left["Status"] = null;
        left["ClaimedAt"] = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10);
        await home.Tables.UpsertAsync("IdempotencyKeys", left);

        var again = await home.Admin.SendAsync(WebHome.Post("/api/inquiries", Inquiry, "key-crashed-1"));

        await again.ProblemAsync(HttpStatusCode.Conflict, "idempotency-key-in-progress");
        Assert.InRange(again.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_claim_runs_once_is_taken_over_after_a_crash_and_ends_after_a_day()
    {
        var clock = new SettableClock(TimeProvider.System.GetUtcNow());
        var keys = new IdempotencyKeys(home.Tables, clock, NullLogger<IdempotencyKeys>.Instance);
        var fingerprint = Encoding.UTF8.GetBytes("f");
        Assert.IsType<Claim.Granted>(await ClaimAsync());
        Assert.IsType<Claim.Running>(await ClaimAsync());
        clock.Now += TimeSpan.FromSeconds(31);
        var taken = Assert.IsType<Claim.Granted>(await ClaimAsync());
        await keys.FinishAsync(taken, new StoredAnswer(201, "text/plain", null, [1]));
        Assert.Equal([1], Assert.IsType<Claim.Finished>(await ClaimAsync()).Answer.Body);
        clock.Now += IdempotencyKeys.Lifetime;
        Assert.IsType<Claim.Granted>(await ClaimAsync());
        clock.Now += IdempotencyKeys.Lifetime;
        Assert.True(await keys.SweepAsync(default) >= 1);
        Assert.IsType<Claim.Granted>(await ClaimAsync());

        Task<Claim> ClaimAsync() => keys.ClaimAsync("caller", "key-claimed", fingerprint, default);
    }

    private sealed class SettableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

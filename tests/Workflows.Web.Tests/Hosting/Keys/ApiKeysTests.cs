using System.Net;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting.Keys;

public sealed class ApiKeysTests(WebHome home) : IClassFixture<WebHome>
{
    [Fact]
    public async Task Every_bad_key_gets_the_same_answer()
    {
        var bodies = new List<string>();
        foreach (
            var key in new[] { null, "", "x", "wfk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", new string('x', 300) })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/deals");
            if (key is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
            }

            var answer = await home.Anonymous.SendAsync(request);
            var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.NotEmpty(answer.Headers.WwwAuthenticate);
            bodies.Add(
                problem.ToString().Replace(
                    problem.GetProperty("requestId").GetString()!, "", StringComparison.Ordinal));
        }

        Assert.Single(bodies.Distinct());
    }

    [Theory]
    [InlineData(Role.Sales, HttpStatusCode.Forbidden)]
    [InlineData(Role.Operations, HttpStatusCode.Forbidden)]
    [InlineData(Role.Finance, HttpStatusCode.OK)]
    [InlineData(Role.Manager, HttpStatusCode.OK)]
    [InlineData(Role.Admin, HttpStatusCode.OK)]
    public async Task A_role_opens_its_routes_only(Role role, HttpStatusCode expected)
    {
        using var caller = await home.CallerAsync("somebody", role);
        Assert.Equal(expected, (await caller.GetAsync("/api/receivables/ageing")).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_any_more()
    {
        var made = await home.Keys.AddAsync("leaver", Role.Sales);
        using var caller = home.Client(made.Secret);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/api/deals")).StatusCode);
        Assert.Equal(1, await home.Keys.RevokeAsync("leaver"));
        await (await caller.GetAsync("/api/deals")).ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.NotNull((await home.Keys.ListAsync()).Single(key => key.Name == "leaver").RevokedAt);
    }

    [Theory]
    [InlineData("system")]
    [InlineData("System")]
    public async Task No_key_acts_in_the_name_of_the_product_itself(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => home.Keys.AddAsync(name, Role.Admin));
        await Assert.ThrowsAsync<ArgumentException>(
            () => home.Keys.EnsureAsync(name, Role.Admin, "a-secret-that-is-long-enough"));
    }

    [Fact]
    public async Task A_key_of_that_name_from_before_opens_nothing()
    {
        var made = await home.Keys.AddAsync("was-system", Role.Admin);
        await home.Tables.ExecuteAsync(
            "ApiKeys",
            [TableOperation.Merge(new TableRow("keys", made.Key.Id) { ["Name"] = "system" }, TableOperation.AnyETag)]);
        using var caller = home.Client(made.Secret);
        await (await caller.GetAsync("/api/deals")).ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Only_hashes_are_stored()
    {
        var made = await home.Keys.AddAsync("hashed", Role.Sales);
        await foreach (var row in home.Tables.ReadAllAsync("ApiKeys", new TableQuery()))
        {
            Assert.DoesNotContain(
                row.Properties.Values.OfType<string>(),
                value => value.Contains(made.Secret[8..], StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_admins_key_is_made_once_or_the_configured_one_is_kept()
    {
        Assert.Null(await home.Keys.EnsureAdminAsync(null));
        await home.Keys.EnsureAdminAsync("configured-admin-key");
        Assert.Equal(Role.Admin, (await home.Keys.FindAsync("configured-admin-key"))!.Role);
        await Assert.ThrowsAsync<ArgumentException>(() => home.Keys.EnsureAdminAsync("short"));
        await Assert.ThrowsAsync<ArgumentException>(() => home.Keys.AddAsync("-x y", Role.Sales));
    }
}

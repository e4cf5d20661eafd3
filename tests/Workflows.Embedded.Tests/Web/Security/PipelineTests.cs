using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Embedded.Tests.Web.Security;

public sealed class PipelineTests(WebHome home) : IClassFixture<WebHome>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/sign-in")]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/api/deals")]
    [InlineData("/api/approvals/unknown")]
    [InlineData("/problems/too-large")]
    public async Task EveryAnswer_TellsTheBrowserToTrustNothing(string path)
    {
        var answer = await home.Anonymous.GetAsync(path);
        var policy = Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.NotEmpty(Header("X-Request-Id"));
        Assert.Contains("no-store", Header("Cache-Control"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));

        string Header(string name) => string.Join(',', answer.Headers.GetValues(name));
    }

    [Fact]
    public async Task UnknownPaths_AreNotFound_AndOtherMethodsAreNamed()
    {
        await (await home.Anonymous.GetAsync("/api/nowhere")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        var answer = await home.Anonymous.DeleteAsync("/health/live");
        await answer.ProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("x' or 1 eq 1 or 'a' eq '")]
    [InlineData("..%2f..")]
    [InlineData("%00")]
    [InlineData("'; drop table h;--")]
    public async Task IdsThatCannotBeOurs_AreNotFound(string id)
    {
        var answer = await home.Admin.GetAsync("/api/deals/" + id);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.Equal(HttpStatusCode.NotFound, (await home.Admin.GetAsync("/api/deals/" + new string('x', 3000))).StatusCode);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1000", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    public async Task QueryParametersThatMakeNoSense_AreNamed(string query, string parameter)
    {
        var problem = await (await home.Admin.GetAsync("/api/deals?" + query)).ProblemAsync(HttpStatusCode.BadRequest, "query-invalid");
        Assert.Equal([parameter], problem.Pointers());
    }

    [Fact]
    public void EveryRoute_SaysWhoMayUseIt()
    {
        var silent = home.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(route => route.RoutePattern.RawText);
        Assert.Empty(silent);
    }

    [Fact]
    public async Task AProblemsType_LeadsToItsExplanation()
    {
        var problem = await (await home.Anonymous.GetAsync("/api/nowhere")).JsonAsync();
        var type = new Uri(problem.GetProperty("type").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await home.Anonymous.GetAsync(type.AbsolutePath)).StatusCode);
    }

    [Fact]
    public async Task Ready_ChecksStorageMailAndOrchestrations()
    {
        var report = await (await home.Anonymous.GetAsync("/health/ready")).JsonAsync();
        Assert.Equal("ok", report.GetProperty("status").GetString());
        Assert.Equal(["storage", "mail", "orchestrations"], report.GetProperty("checks").EnumerateObject().Select(check => check.Name));
    }
}

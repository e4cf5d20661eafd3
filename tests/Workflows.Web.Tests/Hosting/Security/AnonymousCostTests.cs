using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Tests.Hosting.Security;

/// <summary>What a stranger asks for costs little, and only so much of it is answered.</summary>
public sealed class AnonymousCostTests : IAsyncLifetime
{
    private const int Allowed = 20;

    private readonly WebHome _home;
    private int _descriptionsMade;

    public AnonymousCostTests() => _home = new WebHome
    {
        Configure = options =>
        {
            options.RateLimits.Window = TimeSpan.FromMinutes(10);
            options.RateLimits.Anonymous = Allowed;
        },
        Replace = services => services.Configure<OpenApiOptions>("v1", options =>
            options.AddDocumentTransformer((_, _, _) =>
            {
                Interlocked.Increment(ref _descriptionsMade);
                return Task.CompletedTask;
            })),
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task The_description_of_the_api_is_made_once_and_sent_again_only_when_it_is_another()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => _home.Anonymous.GetAsync("/openapi/v1.json")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, _descriptionsMade);

        var tag = answers[0].Headers.ETag;
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        again.Headers.IfNoneMatch.Add(Assert.IsType<EntityTagHeaderValue>(tag));
        Assert.Equal(HttpStatusCode.NotModified, (await _home.Anonymous.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Probes_share_one_look_at_the_store()
    {
        await _home.Anonymous.GetAsync("/health/ready");
        var first = await _home.Tables.GetAsync("HealthProbes", "health", "ready");
        for (var i = 0; i < 2 * Allowed; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _home.Anonymous.GetAsync("/health/ready")).StatusCode);
        }

        Assert.Equal(first!.ETag, (await _home.Tables.GetAsync("HealthProbes", "health", "ready"))!.ETag);
    }

    [Theory]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/openapi/v9.json")]
    [InlineData("GET", "/sign-in")]
    [InlineData("GET", "/api/approvals/unknown")]
    [InlineData("POST", "/api/approvals/unknown")]
    [InlineData("GET", "/api/webhooks/standard")]
    [InlineData("POST", "/api/webhooks/unknown-{0}")]
    [InlineData("GET", "/problems/not-found")]
    [InlineData("GET", "/nowhere/{0}")]
    [InlineData("GET", "/api/deals")]
    [InlineData("GET", "/")]
    public async Task Nothing_that_is_worked_for_is_given_without_limit(string method, string path)
    {
        for (var i = 0; i < Allowed; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, await AskAsync(i));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(Allowed));

        async Task<HttpStatusCode> AskAsync(int number)
        {
            var address = path.Replace("{0}", $"{number}", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Parse(method), address);
            using var answer = await _home.Anonymous.SendAsync(request);
            return answer.StatusCode;
        }
    }
}

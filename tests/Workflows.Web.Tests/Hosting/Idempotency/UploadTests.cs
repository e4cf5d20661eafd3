using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Tests.Hosting.Idempotency;

/// <summary>A key is bound to the raw body of every kind of request.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private readonly WebHome _home = new() { Replace = services => services.AddSingleton<IHomeRoutes, UploadRoutes>() };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Theory]
    [InlineData("/api/test/file")]
    [InlineData("/api/test/stream")]
    public async Task Another_file_under_the_same_key_is_another_request(string path)
    {
        Assert.Equal("\"first\"", await (await SendAsync(path, "first")).Content.ReadAsStringAsync());
        var again = await SendAsync(path, "first");
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotent-Replayed")));
        Assert.Equal("\"first\"", await again.Content.ReadAsStringAsync());
        await (await SendAsync(path, "other")).ProblemAsync(
            HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    private Task<HttpResponseMessage> SendAsync(string path, string content)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, path)
        { Headers = { { "Idempotency-Key", "upload-key-1" } } };
        var body = new StringContent(content);
        request.Content = path.EndsWith("stream", StringComparison.Ordinal)
            ? body
            : new MultipartFormDataContent("the-boundary") { { body, "file", "statement.csv" } };
        return _home.Admin.SendAsync(request);
    }

    private sealed class UploadRoutes : IHomeRoutes
    {
        public void Map(IEndpointRouteBuilder routes)
        {
            Map(routes.MapPost("/api/test/file", async (IFormFile file) => await TextAsync(file.OpenReadStream())));
            Map(routes.MapPost("/api/test/stream", async (Stream body) => await TextAsync(body)));

            static void Map(RouteHandlerBuilder route) =>
                route.RequireAuthorization(Access.Staff).HasNoRow("A test.").OncePerKey().DisableAntiforgery();
        }

        private static async Task<IResult> TextAsync(Stream stream)
        {
            using var reader = new StreamReader(stream);
            return TypedResults.Ok(await reader.ReadToEndAsync());
        }
    }
}

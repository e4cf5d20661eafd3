using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Tests.Hosting.OpenApi;

public sealed class ApiDescriptionTests(WebHome home) : IClassFixture<WebHome>
{
    [Fact]
    public async Task Every_api_route_is_described_with_its_answers_and_problems()
    {
        var description = await (await home.Anonymous.GetAsync("/openapi/v1.json")).JsonAsync();
        var described = description.GetProperty("paths").EnumerateObject()
            .SelectMany(
                path => path.Value.EnumerateObject().Select(
                    method => (Name: $"{method.Name.ToUpperInvariant()} {path.Name}", method.Value)))
            .ToDictionary(route => route.Name, route => route.Value);
        var routes = home.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Where(method => method != "HEAD")
                .Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}"));
        foreach (var route in routes)
        {
            Assert.True(described.TryGetValue(route, out var operation), $"{route} is not described.");
            var answers = operation.GetProperty("responses").EnumerateObject().ToList();
            Assert.True(answers.Exists(answer => answer.Name[0] == '2'), $"{route} has no success.");
            Assert.All(answers.Where(answer => answer.Name[0] is '4' or '5'), answer =>
                Assert.True(
                    answer.Value.TryGetProperty("content", out var content)
                        && content.TryGetProperty("application/problem+json", out _),
                    $"{route} {answer.Name} has no problem document."));
        }

        Assert.Equal("object", Schema(description, "Money").GetProperty("type").GetString());
        Assert.Equal(
            "string",
            Schema(
                description, "Money").GetProperty("properties").GetProperty("amount").GetProperty("type").GetString());
        Assert.Contains(
            "apiKey", description.GetProperty("components").GetProperty("securitySchemes").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_bodies_say_what_must_be_there()
    {
        var description = await (await home.Anonymous.GetAsync("/openapi/v1.json")).JsonAsync();
        var required = Schema(description, "QuotationRequest")
            .GetProperty("required")
            .EnumerateArray()
            .Select(name => name.GetString());
        Assert.Equal(["lines", "delivery", "paymentTerms"], required);
        var payment = description.GetProperty("paths").GetProperty("/api/payments").GetProperty("post");
        Assert.Contains(payment.GetProperty("parameters").EnumerateArray(), parameter =>
            parameter.GetProperty("name").GetString() == "Idempotency-Key"
                && parameter.GetProperty("required").GetBoolean());
        Assert.NotEmpty(payment.GetProperty("security").EnumerateArray());
    }

    [Theory]
    [InlineData("/api/deals", "stage", "Quoted")]
    [InlineData("/api/invoices", "status", "Overdue")]
    [InlineData("/api/mails", "status", "Sent")]
    [InlineData("/api/instances", "status", "Blocked")]
    public async Task Choices_are_described_with_their_values(string path, string parameter, string value)
    {
        var description = await (await home.Anonymous.GetAsync("/openapi/v1.json")).JsonAsync();
        var schema = description.GetProperty("paths")
            .GetProperty(path)
            .GetProperty("get")
            .GetProperty("parameters")
            .EnumerateArray()
            .Single(each => each.GetProperty("name").GetString() == parameter).GetProperty("schema");
        Assert.Contains(schema.GetProperty("enum").EnumerateArray(), each => each.GetString() == value);
    }

    private static JsonElement Schema(JsonElement description, string name) =>
        description.GetProperty("components").GetProperty("schemas").GetProperty(name);
}

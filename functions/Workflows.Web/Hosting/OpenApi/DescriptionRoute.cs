using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Workflows.Platform;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.OpenApi;

/// <summary>
/// Serves the description of the API. Making it takes some hundred milliseconds of a core, and the routes do not change
/// while the process runs: it is made at the first request and kept as bytes.
/// </summary>
internal sealed class DescriptionRoute(
    [FromKeyedServices(ApiDescription.Name)] IOpenApiDocumentProvider documents)
{
    private readonly Lock _lock = new();
    private Task<Description>? _description;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/openapi/{documentName}.json", ServeAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ServeAsync(
        string documentName, DescriptionRoute route, HttpContext context, CancellationToken cancellation)
    {
        if (documentName != ApiDescription.Name)
        {
            throw new ProblemException(ProblemType.NotFound);
        }

        var description = await route.ReadAsync().WaitAsync(cancellation);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(
            description.Bytes, "application/json;charset=utf-8", entityTag: new EntityTagHeaderValue(description.Tag));
    }

    private Task<Description> ReadAsync()
    {
        lock (_lock)
        {
            if (_description is null or { IsFaulted: true })
            {
                _description = Task.Run(MakeAsync);
            }

            return _description;
        }
    }

    private async Task<Description> MakeAsync()
    {
        var document = await documents.GetOpenApiDocumentAsync();
        using var bytes = new MemoryStream();
        await document.SerializeAsJsonAsync(bytes, OpenApiSpecVersion.OpenApi3_1);
        var made = bytes.ToArray();
        return new Description(made, $"\"{Sha256Hex.Lower(made)}\"");
    }

    private sealed record Description(byte[] Bytes, string Tag);
}

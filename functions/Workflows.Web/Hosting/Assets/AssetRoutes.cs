using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Hosting.Assets;

/// <summary>
/// Serves the console's files out of the assembly, so that both homes serve them alike, however they are published.
/// </summary>
internal static class AssetRoutes
{
    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["app.css"] = "text/css; charset=utf-8",
        ["mark.svg"] = "image/svg+xml",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").AllowAnonymous().WithMetadata(RateBucket.Free).ExcludeFromDescription();
        foreach (var (name, mediaType) in MediaTypes)
        {
            var bytes = Read(name);
            group.MapGet("/" + name, (HttpContext context) => Serve(context, bytes, mediaType));
        }

        var icon = Read("mark.svg");
        group.MapGet("/favicon.ico", (HttpContext context) => Serve(context, icon, MediaTypes["mark.svg"]));
    }

    /// <summary>Pages name a file with the hash of its content; only then may a browser keep it for good.</summary>
    private static IResult Serve(HttpContext context, byte[] bytes, string mediaType)
    {
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "public, max-age=3600";
        return Results.Bytes(bytes, mediaType);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(AssetRoutes).Assembly.GetManifestResourceStream("wwwroot/" + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

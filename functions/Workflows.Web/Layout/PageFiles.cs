using System.Security.Cryptography;

namespace Workflows.Web.Layout;

/// <summary>
/// Addresses of the console's files. They change with the content, so that browsers may keep each for good.
/// </summary>
internal static class PageFiles
{
    public static string Stylesheet { get; } = Versioned("app.css");

    public static string Mark { get; } = Versioned("mark.svg");

    private static string Versioned(string file)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream("wwwroot/" + file);
        return stream is null
            ? "/" + file
            : $"/{file}?v={Convert.ToHexStringLower(SHA256.HashData(stream).AsSpan(0, 6))}";
    }
}

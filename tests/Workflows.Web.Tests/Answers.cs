using System.Net;
using System.Text.Json;

namespace Workflows.Web.Tests;

/// <summary>What tests ask of an answer.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Asserts a problem document of that status and slug, and gives it.</summary>
    public static async Task<JsonElement> ProblemAsync(
        this HttpResponseMessage response, HttpStatusCode status, string slug)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(text);
        Assert.EndsWith(
            "/problems/" + slug, document.RootElement.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(document.RootElement.GetProperty("requestId").GetString()!);
        return document.RootElement.Clone();
    }

    public static string[] Pointers(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!)];
}

namespace Workflows.Browser.Tests;

/// <summary>The system's Chromium.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Its path; null when this machine has none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(_ => Names, System.IO.Path.Combine)
        .FirstOrDefault(File.Exists);
}

/// <summary>A test that drives a browser; skipped, with the reason, on a machine without one.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Path is null)
        {
            Skip = "There is no Chromium on this machine; .ci/run installs it.";
        }
    }
}

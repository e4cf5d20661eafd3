namespace Workflows.Embedded.Commands;

/// <summary>Where a command speaks.</summary>
/// <param name="Out">What was asked for.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="HasColour">Whether a person looks at it directly.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool HasColour)
{
    /// <summary>The process's own.</summary>
    public static Terminal Process { get; } = new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
}

/// <summary>What a command leaves behind for the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It was understood, but did not succeed.</summary>
    public const int Failed = 1;

    /// <summary>It was not understood.</summary>
    public const int Usage = 2;
}

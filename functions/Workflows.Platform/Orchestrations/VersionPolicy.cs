namespace Workflows.Platform;

/// <summary>
/// Which instances a build may run, judged by their version. The names are those of Durable Functions.
/// </summary>
public enum VersionMatch
{
    /// <summary>All of them.</summary>
    None,

    /// <summary>Those of the build's own version.</summary>
    Strict,

    /// <summary>Those of the build's own version, of older ones, and of none.</summary>
    CurrentOrOlder,
}

/// <summary>What becomes of an instance whose version the build may not run.</summary>
public enum VersionFailure
{
    /// <summary>It waits, with all its events, for a build that may; nothing is added to its history.</summary>
    Reject,

    /// <summary>It ends as failed.</summary>
    Fail,
}

/// <summary>The version of a build, and which instances it runs.</summary>
/// <param name="DefaultVersion">
/// The build's own version, which new instances get when none is asked for; null or empty is none.
/// </param>
/// <param name="Match">Which instances it may run.</param>
/// <param name="Failure">What becomes of the others.</param>
public sealed record VersionPolicy(
    string? DefaultVersion, VersionMatch Match = VersionMatch.CurrentOrOlder,
    VersionFailure Failure = VersionFailure.Reject)
{
    /// <summary>Runs everything and versions nothing.</summary>
    public static VersionPolicy Any { get; } = new(null, VersionMatch.None);

    /// <summary>Whether the build may run an instance of that version.</summary>
    public bool Accepts(string? version) => Match switch
    {
        VersionMatch.Strict => Compare(version, DefaultVersion) == 0,
        VersionMatch.CurrentOrOlder => Compare(version, DefaultVersion) <= 0,
        _ => true,
    };

    /// <summary>
    /// The version of a new instance: as asked for; none for an empty one; the build's own when nothing is said.
    /// </summary>
    public string? VersionFor(string? asked)
    {
        var version = asked ?? DefaultVersion;
        return string.IsNullOrEmpty(version) ? null : version;
    }

    /// <summary>
    /// Orders versions: none comes first; numbers with dots compare part by part, with missing parts as zero, so that
    /// 1.10 comes after 1.9; anything else compares as text without regard to case.
    /// </summary>
    public static int Compare(string? left, string? right)
    {
        if (string.IsNullOrEmpty(left) || string.IsNullOrEmpty(right))
        {
            return string.IsNullOrEmpty(left) ? string.IsNullOrEmpty(right) ? 0 : -1 : 1;
        }

        return Parse(left) is { } leftParts && Parse(right) is { } rightParts
            ? leftParts.CompareTo(rightParts)
            : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }

    private static Version? Parse(string text)
    {
        var parts = text.Split('.');
        Span<int> numbers = [0, 0, 0, 0];
        if (parts.Length > numbers.Length)
        {
            return null;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(
                parts[i], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
                out numbers[i]))
            {
                return null;
            }
        }

        return new Version(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}

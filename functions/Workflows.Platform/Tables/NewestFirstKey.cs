using System.Globalization;

namespace Workflows.Platform;

/// <summary>
/// Row keys that sort the newest first: tables are read in ascending order of keys only, so the key counts the ticks
/// that are left until the end of time.
/// </summary>
public static class NewestFirstKey
{
    /// <summary>The key of something that happened at a moment.</summary>
    /// <param name="at">Any offset; the moment counts.</param>
    /// <param name="id">
    /// Tells apart what happened in the same tick; empty gives the prefix of all keys of that moment.
    /// </param>
    public static string Of(DateTimeOffset at, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.Ticks - at.UtcTicks:D19}|{id}");
}

namespace Workflows.Platform;

/// <summary>Shortens text without halving a character.</summary>
public static class TextCut
{
    /// <summary>The beginning of a text: at most so many UTF-16 units, and no half of a surrogate pair.</summary>
    public static string Beginning(this string text, int length) =>
        text.Length <= length ? text : text.AsSpan().Beginning(length).ToString();

    /// <inheritdoc cref="Beginning(string, int)"/>
    public static ReadOnlySpan<char> Beginning(this ReadOnlySpan<char> text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>The same with an ellipsis in place of what was cut off.</summary>
    public static string Shortened(this string text, int length) =>
        text.Length <= length ? text : text.Beginning(length - 1) + "…";

    /// <summary>The same on one line: each run of white space becomes one space.</summary>
    public static string ShortenedLine(this string text, int length = 200) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Shortened(length);
}

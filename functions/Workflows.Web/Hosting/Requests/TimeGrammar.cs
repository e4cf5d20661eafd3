using System.Globalization;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>Dates and times exactly as RFC 3339 writes them, within the years that every store keeps.</summary>
internal static class TimeGrammar
{
    /// <summary>What a date must be, for a person.</summary>
    public const string DateExpected = "Write a date that exists, from 1900 to 9000, as YYYY-MM-DD.";

    private static readonly string[] TimeFormats =
        [
            .. Enumerable.Range(0, 8).Select(
                digits => "yyyy-MM-dd'T'HH:mm:ss" + (digits == 0 ? "" : "." + new string('f', digits)) + "zzz"),
        ];

    /// <summary>Whether the text is a date that exists, such as 2026-02-28.</summary>
    public static bool IsDate(string text) =>
        text.Length == 10 && IsAscii(text)
        && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && IsKept(date.Year);

    /// <summary>Reads a day that an address names.</summary>
    /// <param name="text">Such as 2026-02-28; null or empty is none.</param>
    /// <param name="parameter">Names it in the error.</param>
    /// <exception cref="ProblemException">422 date-invalid.</exception>
    public static DateOnly? ReadDay(string? text, string parameter)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return IsDate(text)
            ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw new ProblemException(
                ProblemType.DateInvalid,
                errors: [new ProblemError(parameter, ProblemType.DateInvalid.Slug, DateExpected)]);
    }

    /// <summary>Whether the text is a moment: date, time to the second or finer, and offset.</summary>
    public static bool IsTime(string text) => TryParseTime(text, out _);

    /// <summary>Reads a moment.</summary>
    /// <param name="text">Such as 2026-03-08T02:30:00Z; seconds up to 59, an offset is required.</param>
    /// <param name="time">In UTC.</param>
    public static bool TryParseTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is < 20 or > 33 || !IsAscii(text))
        {
            return false;
        }

        var normal = text[^1] == 'Z' ? string.Concat(text.AsSpan(0, text.Length - 1), "+00:00") : text;
        if (
            !DateTimeOffset.TryParseExact(
                normal, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            || !IsKept(parsed.Year))
        {
            return false;
        }

        time = parsed.ToUniversalTime();
        return true;
    }

    private static bool IsAscii(string text) => text.All(char.IsAscii);

    private static bool IsKept(int year) => year is >= 1900 and <= 9000;
}

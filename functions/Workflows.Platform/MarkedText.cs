using System.Globalization;
using System.Text;

namespace Workflows.Platform;

/// <summary>Texts with characters that nobody sees: marks of direction, zero-width spaces, byte-order marks.</summary>
public static class MarkedText
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    /// <summary>
    /// The text without characters of Unicode's category Cf (format), which are never drawn. The joiner and non-joiner
    /// of zero width may stay: they change how Persian, Indic scripts and emoji look.
    /// </summary>
    public static string WithoutMarks(this string text, bool keepJoiners)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format
                || keepJoiners && rune.Value is NonJoiner or Joiner)
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }

    /// <summary>The text with a blank in place of each control character and each separator of lines.</summary>
    public static string WithoutControls(this string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}

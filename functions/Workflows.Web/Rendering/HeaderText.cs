using System.Globalization;
using System.Text;

namespace Workflows.Web.Rendering;

/// <summary>Texts from outside, fit for a header: one line, nothing invisible, of bounded length.</summary>
internal static class HeaderText
{
    // Header lines may have 998 bytes, and a reader sees far less.
    private const int MaxLength = 180;

    /// <summary>
    /// Line breaks and controls become blanks; what reorders or hides text is taken out, because a name that reads
    /// backwards can pose as another address.
    /// </summary>
    public static string Of(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                // Persian and the languages of India are not written rightly without these two.
                case UnicodeCategory.Format when rune.Value is 0x200C or 0x200D:
                    line.Append(rune);
                    break;
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.SpaceSeparator:
                    if (line.Length > 0 && line[^1] != ' ')
                    {
                        line.Append(' ');
                    }

                    break;
                case UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned:
                    break;
                default:
                    line.Append(rune);
                    break;
            }

            if (line.Length >= MaxLength)
            {
                line.Append('…');
                break;
            }
        }

        return line.ToString().Trim();
    }
}

using System.Globalization;
using System.Text;

namespace Workflows.Web.Hosting.Requests;

/// <summary>Whether a person would see anything of a text.</summary>
internal static class VisibleText
{
    /// <summary>
    /// Letters and symbols by their category that are drawn as nothing: the fillers of Hangul and the empty Braille
    /// pattern (Unicode, Default_Ignorable_Code_Point and U+2800).
    /// </summary>
    private static bool IsBlank(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    /// <summary>Whether one character at least is drawn by itself: a mark needs a letter that it stands on.</summary>
    public static bool IsIn(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsBlank(rune) && Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
                or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Text;
using Workflows.Platform;

namespace Workflows.Inquiries;

/// <summary>
/// Looking for words in texts from outside: without regard to case, to marks that nobody sees, and to how a character
/// is encoded (Unicode's NFKC: full-width letters are letters, and a letter with its accent is one).
/// </summary>
public static class SearchText
{
    /// <summary>Whether the text holds the phrase as words of its own: <c>seo</c> is not in <c>Seoul</c>.</summary>
    public static bool Contains(string? text, string phrase)
    {
        if (string.IsNullOrEmpty(text) || phrase.Length == 0)
        {
            return false;
        }

        (text, phrase) = (Composed(text), Composed(phrase));
        var at = -1;
        while ((at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            var end = at + phrase.Length;
            if ((at == 0 || IsEdge(text[at - 1], phrase[0])) && (end == text.Length || IsEdge(text[end], phrase[^1])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How often the phrase stands in the text, anywhere.</summary>
    public static int Count(string text, string phrase)
    {
        var count = 0;
        for (var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(phrase, at + phrase.Length, StringComparison.OrdinalIgnoreCase))
        {
            count++;
        }

        return count;
    }

    /// <summary>Whether the text holds the part anywhere, inside of words too.</summary>
    public static bool HasPart(string? text, string part) =>
        text is not null && Normalised(text).Contains(Normalised(part), StringComparison.Ordinal);

    /// <summary>Whether two names, numbers or messages say the same.</summary>
    public static bool IsSame(string? one, string? other) =>
        one is not null && other is not null && Normalised(one) == Normalised(other);

    /// <summary>The text in lower case with single blanks, for comparing what two messages say.</summary>
    public static string Normalised(string text) => string.Join(
        ' ', Composed(text).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Composed(string text) =>
        text.WithoutMarks(keepJoiners: false).Normalize(NormalizationForm.FormKC);

    // Scripts without blanks between words have no edges to look for.
    private static bool IsEdge(char beside, char own) =>
        !char.IsLetterOrDigit(beside) || !char.IsAsciiLetterOrDigit(own);
}

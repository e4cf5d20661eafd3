namespace Workflows.Inquiries;

/// <summary>Looking for words in texts from outside: without regard to case, and never inside another word.</summary>
public static class SearchText
{
    /// <summary>Whether the text holds the phrase as words of its own: <c>seo</c> is not in <c>Seoul</c>.</summary>
    public static bool Contains(string? text, string phrase)
    {
        if (string.IsNullOrEmpty(text) || phrase.Length == 0)
        {
            return false;
        }

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

    /// <summary>The text in lower case with single blanks, for comparing what two messages say.</summary>
    public static string Normalised(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Scripts without blanks between words have no edges to look for.
    private static bool IsEdge(char beside, char own) =>
        !char.IsLetterOrDigit(beside) || !char.IsAsciiLetterOrDigit(own);
}

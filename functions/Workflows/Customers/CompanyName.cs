using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Workflows.Platform;

namespace Workflows.Customers;

/// <summary>What company names say about whether two buyers are of one company. Pure.</summary>
public static class CompanyName
{
    // Shorter words begin alike by chance.
    private const int TellingBeginning = 4;

    // Legal forms, and words that half of all exporters carry.
    private static readonly FrozenSet<string> Empty = (
        "ab ag aps as asa bhd bv bvba co company corp corporation cv cxa doo dooel ead eg ehf eirl eireli eood ev fze "
        + "fzc fzco gbr gesmbh gmbh group gruppe holding holdings hf inc incorporated international intl jsc kft kg "
        + "kgaa kk lda limited limitada llc llp ltd ltda mbh nv oao ohg ood ooo oy oyj pjsc plc pt pte pty pvt private "
        + "sa sarl sas sau sdn se sia sl slu snc spa spzoo sro srl srls sti tbk the trading ug und uab vof wll y et and "
        + "de del der di la le of les los el zao zoo sp sri ооо оао зао ао пао ип тоо").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> LegalForms = (
        "ab ag aps asa bhd bv bvba corp doo eood fze fzco gesmbh gmbh inc jsc kft kg kgaa kk lda llc llp ltd ltda nv "
        + "ood ooo oy oyj pjsc plc pte pty pvt sarl sdn srl srls spa snc sro uab wll ооо оао зао пао тоо")
        .Split(' ').ToFrozenSet();

    /// <summary>Whether a name is a company's for certain: it carries a legal form.</summary>
    public static bool HasLegalForm(string name) => WordsOf(name).Any(LegalForms.Contains);

    /// <summary>A name as all spellings of one company have it: without legal form, accents and case.</summary>
    public static string Key(string name) => string.Join(' ', TellingWordsOf(name));

    /// <summary>
    /// Whether two names are clearly those of two companies: in one alphabet, and without a word, a beginning or
    /// initials in common. What cannot be compared is not clear.
    /// </summary>
    public static bool AreClearlyDifferent(string one, string other)
    {
        var (first, second) = (TellingWordsOf(one), TellingWordsOf(other));
        return first.Count > 0 && second.Count > 0
            && AlphabetOf(one) is { } alphabet && AlphabetOf(other) == alphabet
            && !first.Any(word => second.Any(another => Begins(word, another) || Begins(another, word)))
            && !IsShortFor(first, other) && !IsShortFor(second, one)
            && !Joined(first).Contains(Joined(second), StringComparison.Ordinal)
            && !Joined(second).Contains(Joined(first), StringComparison.Ordinal);
    }

    private static bool Begins(string word, string another) =>
        word == another
        || word.Length >= TellingBeginning && another.StartsWith(word, StringComparison.Ordinal);

    private static bool IsShortFor(List<string> shortName, string name)
    {
        var words = WordsOf(name).FindAll(word => !LegalForms.Contains(word));
        return words.Count > 1 && shortName.Contains(string.Concat(words.Select(word => word[0])));
    }

    private static string Joined(List<string> words) => string.Concat(words);

    private static List<string> TellingWordsOf(string name)
    {
        var words = WordsOf(name);
        var telling = words.Where(word => !Empty.Contains(word)).ToList();
        return telling.Count > 0 ? telling : words;
    }

    private static List<string> WordsOf(string name)
    {
        var plain = name.WithoutMarks(keepJoiners: false).Normalize(NormalizationForm.FormKD).ToLowerInvariant();
        var letters = plain.EnumerateRunes()
            .Where(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark && rune.Value is not '.')
            .Select(rune => Rune.IsLetterOrDigit(rune) ? rune.ToString() : " ");
        return [.. string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    // Alphabets with blanks between words; the others cannot be compared word by word.
    private static string? AlphabetOf(string name)
    {
        var alphabets = name.EnumerateRunes().Where(Rune.IsLetter).Select(rune => rune.Value switch
        {
            < 0x0250 or >= 0x1E00 and < 0x1F00 => "Latin",
            >= 0x0370 and < 0x0400 => "Greek",
            >= 0x0400 and < 0x0530 => "Cyrillic",
            >= 0x0590 and < 0x0600 => "Hebrew",
            >= 0x0600 and < 0x0780 => "Arabic",
            _ => null,
        }).Distinct().ToList();
        return alphabets is [{ } only] ? only : null;
    }
}

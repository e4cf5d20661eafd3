using System.Globalization;
using System.Text;
using Workflows.Customers;
using Workflows.Platform;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>A rule on a member of a request record.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal abstract class RuleAttribute : Attribute
{
    /// <summary>What is wrong with a value, or null.</summary>
    /// <param name="text">A text's characters, or a number as it is written.</param>
    public abstract ValidationError? ValidationError(string text);

    /// <summary>What another system most likely meant: only what it sends is read so.</summary>
    public virtual string Normalised(string text) => text.Trim();
}

/// <summary>A rule on text. A text without one is held to <see cref="LineAttribute.Default"/>.</summary>
internal abstract class TextRuleAttribute : RuleAttribute;

/// <summary>
/// One line of text with something to see in it: no line breaks, control characters, or marks that turn the direction
/// of writing.
/// </summary>
internal sealed class LineAttribute(int maxLength) : TextRuleAttribute
{
    public static LineAttribute Default { get; } = new(200);

    public override ValidationError? ValidationError(string text) =>
        !VisibleText.IsIn(text) || text.Length > maxLength || text.Any(IsForbidden)
            ? new(
                ProblemType.TextInvalid,
                $"One line of 1 to {maxLength} characters that can be seen, without control characters.")
            : null;

    /// <summary>
    /// One line in composed letters, without marks that are not drawn. Joiners stay: scripts and emoji need them.
    /// </summary>
    public override string Normalised(string text) =>
        text.WithoutControls().WithoutMarks(keepJoiners: true).Normalize(NormalizationForm.FormC).Trim();

    private static bool IsForbidden(char c) =>
        char.IsControl(c)
            || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}

/// <summary>The same, or nothing: what a machine sends when it has none.</summary>
internal sealed class BlankOrLineAttribute(int maxLength) : TextRuleAttribute
{
    private readonly LineAttribute _line = new(maxLength);

    public override ValidationError? ValidationError(string text) =>
        text.All(c => c == ' ') ? null : _line.ValidationError(text);
}

/// <summary>Text of several lines. It may be empty; tabs and line breaks are its only control characters.</summary>
internal sealed class ParagraphAttribute(int maxLength) : TextRuleAttribute
{
    public override ValidationError? ValidationError(string text) =>
        text.Length > maxLength || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            ? new(ProblemType.TextInvalid, $"At most {maxLength} characters, without control characters.")
            : null;

    public override string Normalised(string text) => string.Concat(
        text.Select(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') ? ' ' : c)).Shortened(maxLength);
}

/// <summary>A plain e-mail address.</summary>
internal sealed class EmailAttribute : TextRuleAttribute
{
    public override ValidationError? ValidationError(string text) => EmailGrammar.IsAddress(text)
        ? null
        : new(ProblemType.EmailInvalid, "One plain address, such as anna@example.com.");

    /// <summary>The address itself, of <c>Anna &lt;anna@example.com&gt;</c> and of a link too.</summary>
    public override string Normalised(string text)
    {
        var address = text.WithoutMarks(keepJoiners: false).Trim();
        if (address.EndsWith('>') && address.LastIndexOf('<') is >= 0 and var open)
        {
            address = address[(open + 1)..^1].Trim();
        }

        return address.StartsWith(Link, StringComparison.OrdinalIgnoreCase) ? address[Link.Length..] : address;
    }

    private const string Link = "mailto:";
}

/// <summary>A country by ISO 3166-1 alpha-2.</summary>
internal sealed class CountryAttribute : TextRuleAttribute
{
    public override ValidationError? ValidationError(string text) => CountryCodes.IsKnown(text)
        ? null
        : new(ProblemType.ChoiceInvalid, "Two capital letters of a country in ISO 3166-1, such as DE; Britain is GB.");

    public override string Normalised(string text) => CountryCodes.Normalised(text.WithoutMarks(keepJoiners: false));
}

/// <summary>A language by ISO 639-1.</summary>
internal sealed class LanguageAttribute : TextRuleAttribute
{
    public override ValidationError? ValidationError(string text) =>
        text.Length == 2 && text.All(char.IsAsciiLetterLower)
        ? null
        : new(ProblemType.ChoiceInvalid, "Two small letters of ISO 639-1, such as de.");

    /// <summary>The language alone: <c>zh-CN</c> is <c>zh</c>.</summary>
    public override string Normalised(string text) =>
        text.WithoutMarks(keepJoiners: false).Trim().Split('-', '_')[0].ToLowerInvariant();
}

/// <summary>A number, or money's amount, within bounds that are both included.</summary>
internal sealed class BetweenAttribute(double min, double max) : RuleAttribute
{
    public override ValidationError? ValidationError(string text)
    {
        var number = decimal.Parse(text, CultureInfo.InvariantCulture);
        return number < (decimal)min || number > (decimal)max
            ? new(ProblemType.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"Must be from {min} to {max}."))
            : null;
    }
}

/// <summary>A number, or money's amount, above zero.</summary>
internal sealed class PositiveAttribute : RuleAttribute
{
    public override ValidationError? ValidationError(string text) => text[0] == '-' || text.All(c => c is '0' or '.')
        ? new(ProblemType.OutOfRange, "Must be above zero.")
        : null;
}

/// <summary>Money that is the price of one unit: it may be finer than the currency's minor unit.</summary>
internal sealed class PerUnitAttribute : RuleAttribute
{
    public override ValidationError? ValidationError(string text) => null;
}

/// <summary>
/// An id that may become part of a key: 1 to 64 letters, digits, dashes, points, colons and underscores.
/// </summary>
internal sealed class IdAttribute : TextRuleAttribute
{
    public override ValidationError? ValidationError(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':')
            ? null
            : new(ProblemType.TextInvalid, "1 to 64 letters, digits, dashes, points, colons and underscores.");

    public override string Normalised(string text) => text.WithoutMarks(keepJoiners: false).Trim();
}

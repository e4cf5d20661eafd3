using System.Globalization;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// The e-mail addresses we write to: a dot-atom (RFC 5322, 3.2.3) at a host name, which may be an internationalised one
/// (RFC 5890). The framework's parser takes far more.
/// </summary>
internal static class EmailGrammar
{
    private const string Symbols = "!#$%&'*+-/=?^_`{|}~";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public static bool IsAddress(string text) => ToAscii(text) is not null;

    /// <summary>The address as every mail server takes it, its domain in ASCII; null when it is none.</summary>
    public static string? ToAscii(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is <= 0 or > 64 || text.Length > 254 || !IsLocalPart(text.AsSpan(0, at)))
        {
            return null;
        }

        return ToAsciiHost(text[(at + 1)..]) is { } host && IsHost(host) && at + 1 + host.Length <= 254
            ? string.Concat(text.AsSpan(0, at + 1), host)
            : null;
    }

    private static string? ToAsciiHost(string host)
    {
        if (host.All(char.IsAscii))
        {
            return host;
        }

        try
        {
            return Idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // A first character that a spreadsheet or a command line would act on is never a person's.
    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (!char.IsAsciiLetterOrDigit(local[0]) && local[0] != '_' || local[^1] == '.')
        {
            return false;
        }

        for (var i = 0; i < local.Length; i++)
        {
            var allowed = char.IsAsciiLetterOrDigit(local[i]) || Symbols.Contains(local[i], StringComparison.Ordinal)
                || (local[i] == '.' && local[i - 1] != '.');
            if (!allowed)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHost(string host)
    {
        var labels = host.Split('.');
        return labels.Length >= 2
            && labels.All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            && char.IsAsciiLetter(labels[^1][0]) && labels[^1].Length >= 2;
    }
}

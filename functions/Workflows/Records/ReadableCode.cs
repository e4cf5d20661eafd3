using System.Security.Cryptography;
using System.Text;

namespace Workflows.Records;

/// <summary>Codes that follow from a text and survive being read out: the same text has the same code.</summary>
internal static class ReadableCode
{
    // Crockford's base 32 (crockford.com/base32.html): no I, L, O, U.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A code of so many characters, 32 at most, with 5 bits of the text's SHA-256 in each.</summary>
    public static string Of(string text, int length)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Concat(hash[..length].Select(value => Alphabet[value & 31]));
    }
}

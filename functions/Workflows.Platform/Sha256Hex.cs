using System.Security.Cryptography;
using System.Text;

namespace Workflows.Platform;

/// <summary>
/// SHA-256 (FIPS 180-4) as 64 hexadecimal digits, for row keys and ids of texts that may be long or hold what a key
/// must not. Two stored values are compared as texts, so each table keeps to one case.
/// </summary>
public static class Sha256Hex
{
    /// <summary>Of a text's UTF-8, in lower case.</summary>
    public static string Lower(string text) => Lower(Encoding.UTF8.GetBytes(text));

    /// <summary>Of bytes, in lower case.</summary>
    public static string Lower(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Of a text's UTF-8, in upper case.</summary>
    public static string Upper(string text) => Upper(Encoding.UTF8.GetBytes(text));

    /// <summary>Of bytes, in upper case.</summary>
    public static string Upper(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content));
}

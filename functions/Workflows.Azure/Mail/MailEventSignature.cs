using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Azure.Mail;

/// <summary>
/// SendGrid's signature of its events: ECDSA P-256 with SHA-256 over the timestamp header and the raw body. SendGrid's
/// own helper does not look at the timestamp's age, so a delivery that an attacker kept could be sent again at any
/// time.
/// </summary>
internal static class MailEventSignature
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    /// <param name="publicKey">As SendGrid shows it: base64 of the key's SubjectPublicKeyInfo.</param>
    /// <param name="timestamp">The header's text: seconds since 1970.</param>
    /// <returns>Null when it is authentic; else what is wrong.</returns>
    public static string? FindFault(
        string publicKey, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!IsTimely(timestamp, now))
        {
            return "timestamp";
        }

        return IsSigned(publicKey, timestamp, signature ?? "", body) ? null : "signature";
    }

    /// <summary>Whether a delivery says that it is from now, which is known before its body is read.</summary>
    public static bool IsTimely([NotNullWhen(true)] string? timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds;

    /// <exception cref="FormatException">It is not base64.</exception>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    public static ECDsa ReadKey(string publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static bool IsSigned(string publicKey, string timestamp, string signature, ReadOnlySpan<byte> body)
    {
        using var key = ReadKey(publicKey);
        byte[] content = [.. Encoding.ASCII.GetBytes(timestamp), .. body];
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(
                content, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}

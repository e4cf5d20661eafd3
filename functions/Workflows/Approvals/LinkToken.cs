using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>
/// The secret part of an approval link: 256 bits of HMAC-SHA256 over approval, ask and approver, as base64url. The same
/// ask has the same token, so that a reminder carries the same link and nothing secret has to be kept; tables hold only
/// the token's SHA-256.
/// </summary>
public static class LinkToken
{
    private const int Bytes = 32;
    private const int Characters = 43;

    /// <summary>The token of an ask.</summary>
    /// <param name="ask">Number of the ask within the approval: another level, or a new link, is another ask.</param>
    public static string Make(LinkKey key, ApprovalId approval, int ask, StaffId approver)
    {
        var subject = Encoding.UTF8.GetBytes($"approval-link\n{approval}\n{ask}\n{approver}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(key.Secret.Span, subject));
    }

    /// <summary>
    /// What tables know a token by; null for any text that is not exactly as <see cref="Make"/> writes one.
    /// </summary>
    public static string? HashOf(string? token)
    {
        Span<byte> decoded = stackalloc byte[Bytes];
        if (token is not { Length: Characters }
            || !token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            || Base64Url.DecodeFromChars(token, decoded, out _, out var written) != OperationStatus.Done
            || written != Bytes
            || Base64Url.EncodeToString(decoded) != token)
        {
            return null;
        }

        return Sha256Hex.Upper(token);
    }

    /// <summary>Whether two tokens are the same, in a time that does not show where they differ.</summary>
    public static bool Equal(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));
}

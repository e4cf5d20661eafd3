using System.Buffers;
using System.Security.Cryptography;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>Signatures over bytes that lie in pieces.</summary>
internal static class RawHmac
{
    /// <summary>HMAC-SHA256 over a prefix and a body.</summary>
    public static byte[] Of(byte[] secret, ReadOnlySpan<byte> prefix, ReadOnlySequence<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(prefix);
        foreach (var piece in body)
        {
            hash.AppendData(piece.Span);
        }

        return hash.GetHashAndReset();
    }
}

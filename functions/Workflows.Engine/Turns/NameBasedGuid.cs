using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Engine.Turns;

/// <summary>GUIDs of version 5 (RFC 9562, section 5.5): the same name gives the same GUID.</summary>
internal static class NameBasedGuid
{
    private static readonly byte[] Namespace =
        Guid.Parse("6f1f1c2e-3a0b-5c8d-9e4f-0d2b7a615c33").ToByteArray(bigEndian: true);

    [SuppressMessage(
        "Security", "CA5350", Justification = "Version 5 is defined with SHA-1; nothing is secured by it.")]
    public static Guid Create(string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData([.. Namespace, .. Encoding.UTF8.GetBytes(name)], hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

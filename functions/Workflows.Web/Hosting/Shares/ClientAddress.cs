using System.Net;
using System.Net.Sockets;

namespace Workflows.Web.Hosting.Shares;

/// <summary>
/// The part of a network address that one sender is known by: an IPv4 address, or the /64 of an IPv6 address, which
/// every subscriber has whole (RFC 6177): counted singly, its addresses would be shares without end.
/// </summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <param name="address">Null where the server knows none; all of these share.</param>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }
}

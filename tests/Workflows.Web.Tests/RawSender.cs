using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workflows.Web.Tests;

/// <summary>
/// A connection that sends what it likes, from a loopback address of its choice: each address is another sender.
/// </summary>
internal sealed class RawSender : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;

    private RawSender(Socket socket) => _socket = socket;

    public static IPAddress Here => IPAddress.Loopback;

    /// <summary>Another sender for each number.</summary>
    public static IPAddress Stranger(int number) => new([127, 0, 1, (byte)number]);

    public static async Task<RawSender> OpenAsync(Uri server, IPAddress from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        return new RawSender(socket);
    }

    /// <summary>The head of a webhook with good headers and a wrong signature.</summary>
    /// <param name="length">Of the body that it announces.</param>
    public static string Unauthentic(string id, int length, long? at = null)
    {
        var timestamp = (at ?? TimeProvider.System.GetUtcNow().ToUnixTimeSeconds())
            .ToString(CultureInfo.InvariantCulture);
        return Post(
            "/api/webhooks/standard", length, "Content-Type: application/json", $"webhook-id: {id}",
            $"webhook-timestamp: {timestamp}", $"webhook-signature: v1,{Convert.ToBase64String(new byte[32])}");
    }

    /// <summary>The head of a request with a body.</summary>
    public static string Post(string path, int length, params IEnumerable<string> headers) =>
        string.Create(
            CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n")
        + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n";

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.ASCII.GetBytes(text)).WaitAsync(Bound, TimeProvider.System);

    /// <summary>The status of the next answer; null when the connection is closed instead.</summary>
    public async Task<int?> StatusAsync()
    {
        var start = new byte[12];
        var length = 0;
        try
        {
            while (length < start.Length)
            {
                var count = await _socket.ReceiveAsync(start.AsMemory(length)).AsTask()
                    .WaitAsync(Bound, TimeProvider.System);
                if (count == 0)
                {
                    return null;
                }

                length += count;
            }
        }
        catch (SocketException)
        {
            return null;
        }

        return int.Parse(Encoding.ASCII.GetString(start, 9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();
}

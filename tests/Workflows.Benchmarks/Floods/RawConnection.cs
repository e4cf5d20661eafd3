using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workflows.Benchmarks.Floods;

/// <summary>
/// A connection from a chosen loopback address, so that one machine plays several senders. It writes bytes as they are:
/// a flood must cost its sender less than the server.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _answer = new byte[16 * 1024];

    private RawConnection(Socket socket) => _socket = socket;

    public static async Task<RawConnection> OpenAsync(IPAddress from, Uri to, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, to.Port, cancellation);
            return new RawConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The same on the thread that asks.</summary>
    public static RawConnection Open(IPAddress from, Uri to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            socket.Connect(IPAddress.Loopback, to.Port);
            return new RawConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, cancellation)..];
        }
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The status; null when the connection was closed instead.</returns>
    public async Task<int?> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(request, cancellation);
            return await ReadStatusAsync(cancellation);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>The same on the thread that asks.</summary>
    public int? Ask(ReadOnlySpan<byte> request)
    {
        try
        {
            _socket.Send(request);
            var answer = new Answer(_answer);
            while (!answer.IsWhole)
            {
                if (!answer.Add(_socket.Receive(answer.Free.Span)))
                {
                    return null;
                }
            }

            return answer.Status;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Waits until the server answers or closes; what it says is not looked at.</summary>
    public async Task UntilClosedAsync(CancellationToken cancellation)
    {
        try
        {
            while (await _socket.ReceiveAsync(_answer, cancellation) > 0)
            {
                // An answer before the end.
            }
        }
        catch (SocketException)
        {
            // Reset is closed too.
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int?> ReadStatusAsync(CancellationToken cancellation)
    {
        var answer = new Answer(_answer);
        while (!answer.IsWhole)
        {
            if (!answer.Add(await _socket.ReceiveAsync(answer.Free, cancellation)))
            {
                return null;
            }
        }

        return answer.Status;
    }

    /// <summary>An answer as it comes in.</summary>
    private sealed class Answer(byte[] buffer)
    {
        private int _length;

        public Memory<byte> Free => buffer.AsMemory(_length);

        public bool IsWhole => _length > 0 && Ends(Encoding.ASCII.GetString(buffer, 0, _length));

        public int Status => int.Parse(buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);

        /// <returns>False when nothing more comes, or it is longer than any answer that is asked for here.</returns>
        public bool Add(int count)
        {
            _length += count;
            return count > 0 && _length < buffer.Length;
        }

        private static bool Ends(string answer)
        {
            var head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0)
            {
                return false;
            }

            const string name = "Content-Length: ";
            var at = answer.IndexOf(name, 0, head, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal);
            }

            var end = answer.IndexOf("\r\n", at, StringComparison.Ordinal);
            var body = int.Parse(answer.AsSpan(at + name.Length, end - at - name.Length), CultureInfo.InvariantCulture);
            return answer.Length >= head + 4 + body;
        }
    }
}

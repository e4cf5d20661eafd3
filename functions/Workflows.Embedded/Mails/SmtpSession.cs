using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Workflows.Embedded.Mails;

/// <summary>One conversation with a mail server (RFC 5321).</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly TcpClient _client;
    private Stream _stream;
    private StreamReader _reader;

    private SmtpSession(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _reader = ReaderOf(_stream);
    }

    /// <summary>Connects, greets, protects the line and signs in.</summary>
    /// <exception cref="SmtpReplyException">The server refuses.</exception>
    public static async Task<SmtpSession> OpenAsync(SmtpSettings settings, CancellationToken cancellation)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, cancellation);
            var session = new SmtpSession(client);
            await session.GreetAsync(settings, cancellation);
            return session;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async Task AddressAsync(string from, string to, CancellationToken cancellation)
    {
        await AskAsync($"MAIL FROM:<{from}>", 250, cancellation);
        await AskAsync($"RCPT TO:<{to}>", 250, cancellation);
    }

    public Task BeginDataAsync(CancellationToken cancellation) => AskAsync("DATA", 354, cancellation);

    /// <summary>
    /// Writes the message, all but its end: the server has nothing before <see cref="EndDataAsync"/>.
    /// </summary>
    public Task WriteAsync(string message, CancellationToken cancellation)
    {
        var stuffed = message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        return SendAsync(stuffed.StartsWith('.') ? "." + stuffed : stuffed, cancellation);
    }

    public Task EndDataAsync(CancellationToken cancellation) => AskAsync(".", 250, cancellation);

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task GreetAsync(SmtpSettings settings, CancellationToken cancellation)
    {
        if (settings.Security == SmtpSecurity.Tls)
        {
            await ProtectAsync(settings.Host, cancellation);
        }

        await ExpectAsync(220, cancellation);
        await HelloAsync(cancellation);
        if (settings.Security == SmtpSecurity.StartTls)
        {
            await AskAsync("STARTTLS", 220, cancellation);
            await ProtectAsync(settings.Host, cancellation);
            await HelloAsync(cancellation);
        }

        if (settings is { User: { } user, Password: { } password })
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
            await AskAsync($"AUTH PLAIN {credentials}", 235, cancellation);
        }
    }

    private Task HelloAsync(CancellationToken cancellation) => AskAsync("EHLO workflows.localhost", 250, cancellation);

    private async Task ProtectAsync(string host, CancellationToken cancellation)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellation);

        // A fresh reader: what the old one had buffered was said before the line was safe.
        _reader = ReaderOf(tls);
    }

    private async Task AskAsync(string line, int expected, CancellationToken cancellation)
    {
        await SendAsync(line + "\r\n", cancellation);
        await ExpectAsync(expected, cancellation);
    }

    private async Task SendAsync(string text, CancellationToken cancellation)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation);
        await _stream.FlushAsync(cancellation);
    }

    private async Task ExpectAsync(int expected, CancellationToken cancellation)
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync(cancellation)
                ?? throw new IOException("The mail server closed the line.");
            if (line.Length < 3
                || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new IOException("The mail server does not speak SMTP.");
            }

            if (line.Length > 3 && line[3] == '-')
            {
                continue;
            }

            if (code != expected && !(expected == 250 && code == 251))
            {
                throw new SmtpReplyException(code, line.Length > 4 ? line[4..] : "");
            }

            return;
        }
    }

    private static StreamReader ReaderOf(Stream stream) =>
        new(stream, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, bufferSize: 1024, leaveOpen: true);
}

/// <summary>The server said no.</summary>
internal sealed class SmtpReplyException(int code, string text) : Exception(
    $"The mail server answered {code} {text}".TrimEnd())
{
    /// <summary>
    /// Whether asking again is of no use. A sign-in that fails (53x) is our settings' fault, not the mail's.
    /// </summary>
    public bool IsPermanent => code is >= 500 and < 600 and not (>= 530 and < 540);
}

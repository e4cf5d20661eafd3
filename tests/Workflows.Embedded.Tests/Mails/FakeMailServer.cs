using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workflows.Embedded.Tests.Mails;

/// <summary>A mail server on this machine that answers as a test says, and keeps what it took.</summary>
internal sealed class FakeMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public FakeMailServer()
    {
        _listener.Start();
        _running = Task.Run(ListenAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>
    /// Answers to commands by their first word; <c>220</c> is the greeting and <c>.</c> the end of a message. Empty
    /// closes the line.
    /// </summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Messages { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await TalkAsync(client.GetStream());
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync(Answers.GetValueOrDefault("220", "220 test"));
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var command = line.Split(' ', ':')[0];
            if (Answers.TryGetValue(command, out var answer))
            {
                if (answer.Length == 0)
                {
                    return;
                }

                await writer.WriteLineAsync(answer);
                continue;
            }

            if (command != "DATA")
            {
                await writer.WriteLineAsync(command switch
                {
                    "EHLO" => "250-test\r\n250 SIZE 1000000",
                    "QUIT" => "221 bye",
                    _ => "250 fine",
                });
                continue;
            }

            await writer.WriteLineAsync("354 go on");
            var message = new StringBuilder();
            while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".")
            {
                message.Append(text.StartsWith('.') ? text[1..] : text).Append('\n');
            }

            if (Answers.TryGetValue(".", out var end))
            {
                if (end.Length == 0)
                {
                    return;
                }

                await writer.WriteLineAsync(end);
                continue;
            }

            Messages.Enqueue(message.ToString());
            await writer.WriteLineAsync("250 taken");
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Workflows.Benchmarks.Measures;

namespace Workflows.Benchmarks.Webhooks;

/// <summary>The embedded home's <c>serve</c>, as a user starts it, on a free port.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process _process;

    private ServeProcess(Process process, Uri address, double readyMs)
    {
        _process = process;
        Address = address;
        ReadyMs = readyMs;
    }

    public Uri Address { get; }

    /// <summary>From before the process was started until <c>/health/ready</c> said so.</summary>
    public double ReadyMs { get; }

    /// <param name="webhookSecret">Of the source <c>standard</c>, and of a second one, <c>other</c>.</param>
    public static async Task<ServeProcess> StartAsync(string database, string webhookSecret)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Workflows.Embedded"),
            ["serve", "--db", database, "--urls", address.AbsoluteUri.TrimEnd('/')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["WORKFLOWS_WEBHOOK_STANDARD_SECRETS"] = webhookSecret;
        start.Environment["WORKFLOWS_WEBHOOK_OTHER_SECRETS"] = webhookSecret;
        start.Environment["WORKFLOWS_WEBHOOK_OTHER_SCHEME"] = "standard";

        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = address };
        while (!await IsReadyAsync(http))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(1))
            {
                throw new InvalidOperationException($"serve did not become ready: {string.Join('\n', said)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        return new ServeProcess(process, address, Durations.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds));

        void Keep(string? line)
        {
            lock (said)
            {
                // What it says at its start explains why it did not; what it logs under load is dropped.
                if (line is not null && said.Count < 100)
                {
                    said.Add(line);
                }
            }
        }
    }

    public double PeakRssMiB()
    {
        _process.Refresh();
        return Durations.Round(_process.PeakWorkingSet64 / 1024.0 / 1024.0);
    }

    /// <summary>What it has resident now.</summary>
    public double RssMiB()
    {
        _process.Refresh();
        return Durations.Round(_process.WorkingSet64 / 1024.0 / 1024.0);
    }

    public double CpuSeconds()
    {
        _process.Refresh();
        return Durations.Round(_process.TotalProcessorTime.TotalSeconds);
    }

    /// <summary>SIGKILL: no handler, no flush.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

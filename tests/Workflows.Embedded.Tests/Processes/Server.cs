using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Workflows.Conformance;
using Workflows.Embedded.Tests.Serving;

namespace Workflows.Embedded.Tests.Processes;

/// <summary>The program as a process of its own.</summary>
internal sealed partial class Server : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private Server(string folder, IReadOnlyList<string> arguments)
    {
        // Through a shell, because only there a signal can be set to be ignored: a file that may not grow is then an
        // error to the program, as a full disk is, and not its end.
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("trap '' XFSZ; exec dotnet \"$@\"");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Workflows.Embedded.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static Dictionary<string, string> Environment { get; } = new()
    {
        ["WORKFLOWS_ADMIN_KEY"] = RunningHome.AdminKey,
        ["WORKFLOWS_WEBHOOK_STANDARD_SECRETS"] = Secret,
    };

    public const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static Server Run(string folder, params IReadOnlyList<string> arguments) => new(folder, arguments);

    /// <summary>Starts serving and waits until it answers.</summary>
    public static async Task<Server> ServeAsync(string folder, int port)
    {
        var server = Run(folder, "--db", "test.db", "--urls", $"http://127.0.0.1:{port}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.ValueAsync(
            async () =>
            {
                Assert.False(server._process.HasExited, server.Output);
                try
                {
                    return (await http.GetAsync("/health/live")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            isUp => isUp,
            "the server answers");
        return server;
    }

    /// <summary>As SIGKILL and power loss do it: nothing of the process runs any more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Lets no file of the process grow past a size; null lets them again. On Linux.</summary>
    public void LimitFiles(long? bytes)
    {
        const int fileSize = 1;
        Assert.Equal(0, GetLimit(_process.Id, fileSize, IntPtr.Zero, out var present));
        Assert.Equal(0, SetLimit(_process.Id, fileSize, present with { Soft = bytes ?? present.Hard }, IntPtr.Zero));
    }

    /// <summary>
    /// As a service manager does it. The host treats it as Ctrl-C, which a shell's background job would ignore.
    /// </summary>
    public async Task<int> StopAsync()
    {
        const int terminate = 15;
        Assert.Equal(0, SendSignal(_process.Id, terminate));
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Eventually.Bound);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int GetLimit(int process, int resource, IntPtr limit, out Limit present);

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int process, int resource, in Limit limit, IntPtr present);

    private readonly record struct Limit(long Soft, long Hard);

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}

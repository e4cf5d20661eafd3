using System.Diagnostics;

namespace Workflows.Benchmarks.Measures;

/// <summary>
/// This program again, in a process of its own, so that its start, its memory and its death can be measured.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(params string[] arguments)
    {
        // Started as a program of its own, or by the runtime's host.
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? ["exec", typeof(ChildProcess).Assembly.Location]
            : [];
        var start = new ProcessStartInfo(program, [.. host, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The next line that it prints.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task<string> LineAsync() =>
        await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("The process ended before it printed what was expected.");

    /// <summary>SIGKILL: no handler, no flush.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Signals that it is no longer needed, and waits until it has gone.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using Workflows.Conformance;

namespace Workflows.Azure.Tests.Emulator;

/// <summary>
/// Azurite in the version of package.json, installed by npm below this project's obj folder the first time.
/// </summary>
internal static class Installation
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private static readonly string Project = Path.Combine(Sources.Root, "tests", "Workflows.Azure.Tests");

    /// <summary>Where the emulator's files are in this project.</summary>
    public static string Folder { get; } = Path.Combine(Project, "Emulator");

    /// <returns>The script to run.</returns>
    /// <exception cref="SkipException">This machine has no Node.js.</exception>
    public static async Task<string> EnsureAsync()
    {
        var target = Directory.CreateDirectory(Path.Combine(Project, "obj", "azurite")).FullName;
        var script = Path.Combine(target, "node_modules", "azurite", "dist", "src", "azurite.js");
        var installed = Path.Combine(target, "installed.json");
        var wanted = Path.Combine(Folder, "package-lock.json");
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed) != await File.ReadAllTextAsync(wanted))
        {
            foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" })
            {
                File.Copy(Path.Combine(Folder, file), Path.Combine(target, file), overwrite: true);
            }

            await RunAsync("npm", ["ci", "--no-progress"], target);
            File.Copy(wanted, installed, overwrite: true);
        }

        // An emulator that is installed is of no use without Node.js.
        await RunAsync("node", ["--version"], target);
        return script;
    }

    private static async Task RunAsync(string program, string[] arguments, string folder)
    {
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(timeout.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} failed: {await output} {await errors}");
        }

        Process Start()
        {
            try
            {
                return Process.Start(new ProcessStartInfo(program, arguments)
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            }
            catch (Win32Exception)
            {
                throw new SkipException($"This machine has no Node.js ({program}), which Azurite runs on.");
            }
        }
    }
}

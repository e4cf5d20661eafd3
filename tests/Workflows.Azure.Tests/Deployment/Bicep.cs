using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Workflows.Azure.Tests.Emulator;

namespace Workflows.Azure.Tests.Deployment;

/// <summary>The compiler and linter of the templates, in the version of Directory.Packages.props.</summary>
internal static class Bicep
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static readonly string? Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(metadata => metadata.Key == "BicepPath")?.Value;

    /// <returns>The template as Azure Resource Manager gets it.</returns>
    /// <exception cref="BicepException">The compiler reported an error or a warning. Of a misspelt property it only
    /// warns, because its types may be older than the service.</exception>
    /// <exception cref="SkipException">This machine has no compiler.</exception>
    public static async Task<JsonElement> CompileAsync(string template)
    {
        var program = Program
            ?? throw new SkipException("There is no package of the Bicep compiler for this platform.");
        using var process = Process.Start(new ProcessStartInfo(program, ["build", template, "--stdout"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var compiled = process.StandardOutput.ReadToEndAsync();
        var messages = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Timeout);
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode == 0 && (await messages).Length == 0
            ? JsonSerializer.Deserialize<JsonElement>(await compiled)
            : throw new BicepException($"{program} ended with {process.ExitCode}: {await messages}");
    }
}

/// <summary>A template has errors or warnings, which the message lists.</summary>
internal sealed class BicepException(string message) : Exception(message);

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Workflows.Azure.Tests.Emulator;

/// <summary>
/// The storage emulator: one process for all tests, on free ports of 127.0.0.1, with many accounts, so that each test
/// has an empty one of its own. It keeps everything in memory and ends with the test process.
/// </summary>
internal sealed partial class Azurite
{
    private const int Accounts = 1_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<Azurite>> Running = new(StartAsync);
    private static int _taken;

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>An account that nobody has used.</summary>
    /// <returns>Its connection string.</returns>
    /// <exception cref="SkipException">This machine has no Node.js.</exception>
    public static async Task<string> NewAccountAsync()
    {
        var azurite = await Running.Value;
        var account = NameOf(Interlocked.Increment(ref _taken));
        var services = azurite._addresses.Select(service => $"{service.Key}Endpoint={service.Value}/{account};");
        return $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={azurite._key};{string.Concat(services)}";
    }

    /// <summary>The requests to an account so far, as the emulator logs them: verb, address, status.</summary>
    public static async Task<IReadOnlyList<string>> RequestsAsync(string connectionString)
    {
        var account = AccountName().Match(connectionString).Groups[1].Value;
        return [
            .. (await Running.Value)._requests.Where(line => line.Contains($" /{account}/", StringComparison.Ordinal)
            || line.Contains($" /{account}?", StringComparison.Ordinal))];
    }

    private static async Task<Azurite> StartAsync()
    {
        var azurite = new Azurite();
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(Installation.Folder, "azurite.cjs"), await Installation.EnsureAsync(),
                "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck",
                "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
                "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            },
        };
        start.Environment["AZURITE_ACCOUNTS"] =
            string.Join(';', Enumerable.Range(1, Accounts).Select(n => $"{NameOf(n)}:{azurite._key}"));
        var process = Process.Start(start) ?? throw new InvalidOperationException("Azurite did not start.");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        process.OutputDataReceived += (_, line) => azurite.Read(line.Data);
        process.ErrorDataReceived += (_, line) => azurite.Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await azurite._ready.Task.WaitAsync(Timeout);
        return azurite;
    }

    private static string NameOf(int number) => $"test{number}";

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (Listening().Match(line) is { Success: true } found)
        {
            _addresses[found.Groups[1].Value] = found.Groups[2].Value;
            if (_addresses.Count == 3)
            {
                _ready.TrySetResult();
            }
        }
        else if (Request().Match(line) is { Success: true } request)
        {
            _requests.Enqueue(request.Groups[1].Value + request.Groups[2].Value);
        }
    }

    [GeneratedRegex("^Azurite (Blob|Queue|Table) service is successfully listening at (\\S+)$")]
    private static partial Regex Listening();

    [GeneratedRegex("\"([A-Z]+ /\\S*) HTTP/1.1\"( \\d+)")]
    private static partial Regex Request();

    [GeneratedRegex("AccountName=([^;]+)")]
    private static partial Regex AccountName();
}

using System.Net.Http.Json;
using Workflows.Embedded.Commands;
using Workflows.Embedded.Serving;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Embedded.Keys;

/// <summary>The keys of a home whose server runs.</summary>
internal sealed class RunningKeys : IKeyRegister
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    private RunningKeys(RunningServer server)
    {
        _http = new HttpClient { BaseAddress = server.Url, Timeout = Timeout };
        _http.DefaultRequestHeaders.Add(OwnerChannel.TokenHeader, server.Token);
    }

    /// <summary>Null when no server of this home answers.</summary>
    public static async Task<RunningKeys?> TryReachAsync(HomeFiles files)
    {
        if (HomeFiles.Read<RunningServer>(files.Running) is not { } server)
        {
            return null;
        }

        var keys = new RunningKeys(server);
        try
        {
            await keys.ListAsync();
            return keys;
        }
        catch (Exception exception) when (
            exception is HttpRequestException or RefusalException or TaskCanceledException)
        {
            // It was killed and left its note behind, or something else has its address now.
            await keys.DisposeAsync();
            return null;
        }
    }

    public async Task<NewApiKey> AddAsync(string name, Role role) =>
        (await AskAsync(new KeyOrder(Add: name, Role: role))).Added!;

    public async Task<IReadOnlyList<ApiKey>> ListAsync() => (await AskAsync(new KeyOrder())).Keys!;

    public async Task<int> RevokeAsync(string idOrName) =>
        (await AskAsync(new KeyOrder(Revoke: idOrName))).Revoked!.Value;

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<KeyReport> AskAsync(KeyOrder order)
    {
        using var content = JsonContent.Create(order, options: OwnerChannel.Json);
        await content.LoadIntoBufferAsync();
        using var response = await _http.PostAsync(OwnerChannel.Path, content);
        if (!response.IsSuccessStatusCode)
        {
            throw new RefusalException(
                ExitCode.Failed, $"The server at {_http.BaseAddress} answered {(int)response.StatusCode}.");
        }

        var report = (await response.Content.ReadFromJsonAsync<KeyReport>(OwnerChannel.Json))!;
        return report.Refusal is { } refusal ? throw new ArgumentException(refusal) : report;
    }
}

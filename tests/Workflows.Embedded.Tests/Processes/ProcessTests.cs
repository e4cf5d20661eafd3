using Workflows.Conformance;
using Workflows.Embedded.Tests.Serving;

namespace Workflows.Embedded.Tests.Processes;

public sealed class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-process-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_stop_ends_it_cleanly()
    {
        using var server = await Server.ServeAsync(_folder, RunningHome.FreePort());

        Assert.Equal(0, await server.StopAsync());
        Assert.Contains("Stopped.", server.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "test.db.keys", "running.json")));
    }

    [Fact]
    public async Task A_second_server_on_the_same_file_refuses_and_says_why()
    {
        using var first = await Server.ServeAsync(_folder, RunningHome.FreePort());
        using var second = Server.Run(
            _folder, "--db", "test.db", "--urls", $"http://127.0.0.1:{RunningHome.FreePort()}");

        Assert.Equal(1, await second.ExitAsync());
        await Eventually.TrueAsync(
            () => second.Output.Contains("One file has one engine", StringComparison.Ordinal), "the reason is logged");
    }

    [Fact]
    public async Task Keys_are_made_and_revoked_while_the_server_runs_and_after()
    {
        var port = RunningHome.FreePort();
        using var server = await Server.ServeAsync(_folder, port);
        await KeysAsync("add", "jonas", "sales");
        Assert.Contains("jonas", await KeysAsync("list"), StringComparison.Ordinal);
        await server.StopAsync();

        Assert.Contains("1 key revoked", await KeysAsync("revoke", "jonas"), StringComparison.Ordinal);
        Assert.Contains("revoked 2", await KeysAsync("list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_carries_deals_to_payment_and_goes_on_where_it_was()
    {
        var port = RunningHome.FreePort();
        string[] arguments = ["demo", "--db", "demo.db", "--urls", $"http://127.0.0.1:{port}", "--speed", "4"];
        using (var demo = Server.Run(_folder, arguments))
        {
            await IsToldAsync(demo, "  Paid");
            Assert.Equal(0, await demo.StopAsync());
        }

        var clock = await File.ReadAllTextAsync(Path.Combine(_folder, "demo.db.clock"));
        using var again = Server.Run(_folder, arguments);
        await Eventually.TrueAsync(() => again.Output.Split('\n').Length > 12, "it goes on");
        Assert.Equal(0, await again.StopAsync());
        var later = await File.ReadAllTextAsync(Path.Combine(_folder, "demo.db.clock"));
        Assert.True(string.CompareOrdinal(later, clock) > 0, $"{later} is not after {clock}");

        // A new database beside the keys of a deleted one.
        foreach (var file in Directory.GetFiles(_folder, "demo.db*"))
        {
            File.Delete(file);
        }

        using var fresh = Server.Run(_folder, arguments);
        await IsToldAsync(fresh, "  D-");
        Assert.Equal(0, await fresh.StopAsync());
    }

    // Weeks of virtual time: longer than the usual bound on a slow machine, and still bounded.
    private static async Task IsToldAsync(Server demo, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!demo.Output.Contains(what, StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(4), demo.Output);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<string> KeysAsync(params string[] arguments)
    {
        using var keys = Server.Run(_folder, ["keys", .. arguments, "--db", "test.db"]);
        Assert.Equal(0, await keys.ExitAsync());
        await Eventually.TrueAsync(() => keys.Output.Length > 0, "it says something");
        return keys.Output;
    }
}

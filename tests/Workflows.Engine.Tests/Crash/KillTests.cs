using System.Diagnostics;
using System.Globalization;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Crash;

public sealed class KillTests : IDisposable
{
    private const int Kills = 25;
    private readonly DatabaseFile _file = new();
    private readonly HashSet<string> _started = [];
    private readonly HashSet<string> _approved = [];

    public void Dispose() => _file.Delete();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_doubled_however_often_the_process_is_killed()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            await RunAndKillAsync(afterMs: 1 + (kill * 97 % 300));
        }

        Assert.True(_approved.Count > Kills, $"There was too little traffic: {_approved.Count} approvals.");
        await using var engine = Traffic.NewEngine(_file.FilePath);
        await engine.StartAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        foreach (var id in _approved)
        {
            var state = await EndAsync(engine, id, timeout.Token);
            Assert.Equal(OrchestrationStatus.Completed, state!.Status);
            Assert.Equal(Errand.Deeds, state.ReadOutput<int>());
            await AssertEachDeedOnceAsync(engine, id);
        }

        foreach (var id in _started)
        {
            Assert.NotNull(await engine.Client.GetAsync(id, CancellationToken.None));
        }
    }

    private static async Task<OrchestrationState?> EndAsync(DurableEngine engine, string id, CancellationToken timeout)
    {
        try
        {
            return await engine.Client.WaitForCompletionAsync(id, timeout);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"It did not end: {await engine.Client.GetAsync(id, CancellationToken.None)}; "
                + $"at rest: {engine.IsAtRest}.");
        }
    }

    private static async Task AssertEachDeedOnceAsync(DurableEngine engine, string id)
    {
        var deeds = await engine.Tables.QueryAsync("Deeds", TableQuery.Of(id));
        var rows = deeds.Items.Select(row => row.RowKey).ToList();
        var page = await engine.Mail.QueryAsync(new MailQuery { About = id });
        var mails = page.Items.Select(mail => mail.Mail.Id).ToList();
        Assert.Equal(["1", "2", "3", "4", "5"], rows.Select(row => row.Split('-')[0]).Order());
        Assert.Equal(rows.Select(row => $"{id}-{row}").Order(), mails.Order());
    }

    /// <summary>
    /// Starts the process, kills it at a random moment, and keeps what it printed as acknowledged.
    /// </summary>
    private async Task RunAndKillAsync(int afterMs)
    {
        var first = _started.Count == 0 ? 0 : _started.Max(NumberOf) + 100;
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList =
            {
                "exec", typeof(Traffic).Assembly.Location, "traffic", _file.FilePath,
                first.ToString(CultureInfo.InvariantCulture),
            },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var heardFirst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                Note(line);
                heardFirst.TrySetResult();
            }

            heardFirst.TrySetResult();
        });
        await heardFirst.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await Task.Delay(TimeSpan.FromMilliseconds(afterMs), TimeProvider.System);
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
    }

    private void Note(string line)
    {
        // The kill may have cut the last line off; only a whole line names an id that was acknowledged.
        if (line.Split(' ') is ["started", var started])
        {
            _started.Add(started);
        }
        else if (line.Split(' ') is ["approved", var approved])
        {
            _approved.Add(approved);
        }
    }

    private static int NumberOf(string id) => int.Parse(id.AsSpan("errand-".Length), CultureInfo.InvariantCulture);
}

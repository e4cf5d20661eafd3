using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Workflows.Engine;
using Workflows.Tests.Lifecycle;

namespace Workflows.Tests.Histories;

public sealed class RecordedHistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-histories-").FullName;

    public static TheoryData<string> Paths => [.. LifecyclePath.All.Select(path => path.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_recorded_history_replays_under_the_present_code()
    {
        var report = new HistoryVerifier(Recordings.Code).VerifyRecorded(Recordings.Folder);

        Assert.Empty(report.Findings);
        Assert.True(report.Histories > 50, $"Only {report.Histories} histories are recorded.");
    }

    [Fact]
    public void Every_path_orchestration_and_activity_is_in_some_recorded_history()
    {
        var recorded = Directory.GetFiles(Recordings.Folder, "*.json.gz", SearchOption.AllDirectories)
            .Select(Read)
            .ToList();
        var steps = recorded.SelectMany(history => history.GetProperty("turns").EnumerateArray())
            .SelectMany(turn => turn.GetProperty("actions").EnumerateArray())
            .Where(action => action.GetProperty("kind").GetString() == "Activity")
            .Select(action => action.GetProperty("name").GetString()!)
            .ToHashSet();

        var paths = Directory.GetDirectories(Recordings.Folder)
            .SelectMany(Directory.GetDirectories)
            .Select(Path.GetFileName)
            .ToHashSet();
        Assert.Superset(LifecyclePath.All.Select(path => (string?)path.Name).ToHashSet(), paths);
        Assert.Superset(
            Recordings.Code.Orchestrations.Select(one => one.Name).ToHashSet(),
            recorded.Select(history => history.GetProperty("orchestration").GetString()!).ToHashSet());
        Assert.Superset(Recordings.Code.Activities.Select(one => one.Name).ToHashSet(), steps);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_path_is_walked_to_its_end_recorded_and_replayed(string name)
    {
        var path = LifecyclePath.All.Single(path => path.Name == name);
        await using var deal = await DealScenario.StartAsync(path.Change);
        await path.WalkAsync(deal);

        Assert.Equal(path.End, (await deal.DealAsync()).Stage);
        var folder = Path.Combine(Recordings.Target ?? _folder, name);
        var recorded = await Recordings.RecordAsync(deal.Scenario, folder);
        var report = new HistoryVerifier(Recordings.Code).VerifyRecorded(folder);
        Assert.Equal((recorded, 0), (report.Histories, report.Findings.Count));
    }

    [Fact]
    public void An_altered_history_is_named_with_its_event_what_was_expected_and_what_was_found()
    {
        var source = Directory.GetFiles(Recordings.Folder, "*.json.gz", SearchOption.AllDirectories)
            .First(
                file => file.Contains("paid-straight", StringComparison.Ordinal) && file.Contains(
                    "InquiryToPayment", StringComparison.Ordinal));
        var text = Text(source);
        Assert.Contains("\"name\": \"ConfirmOrder\"", text, StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(_folder, "altered.json"),
            text.Replace("\"name\": \"ConfirmOrder\"", "\"name\": \"BookOrder\"", StringComparison.Ordinal));

        var finding = Assert.Single(new HistoryVerifier(Recordings.Code).VerifyRecorded(_folder).Findings);

        Assert.Equal("altered.json", finding.Subject);
        Assert.True(finding.EventNumber > 1);
        Assert.Contains("'BookOrder'", finding.Expected, StringComparison.Ordinal);
        Assert.Contains("'ConfirmOrder'", finding.Found, StringComparison.Ordinal);
    }

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(Text(file));
        return document.RootElement.Clone();
    }

    private static string Text(string file)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

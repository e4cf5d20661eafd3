using System.Globalization;
using System.IO.Compression;
using Workflows.Engine;
using Workflows.Lifecycle;

namespace Workflows.Tests.Histories;

/// <summary>
/// Databases that earlier versions left with deals in flight: this version opens them and carries each deal to its end.
/// </summary>
public sealed class RecordedDatabaseTests : IDisposable
{
    private const string Name = "deals-in-flight.db.gz";

    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-databases-").FullName;

    public static TheoryData<string> Versions =>
        [.. Directory.GetDirectories(Recordings.Folder).Where(folder => File.Exists(Path.Combine(folder, Name)))
            .Select(folder => Path.GetFileName(folder))];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Deals_that_a_version_left_in_flight_are_paid_under_this_one(string version)
    {
        var (database, stoppedAt) = Unpack(Path.Combine(Recordings.Folder, version, Name));
        Assert.Empty(new HistoryVerifier(Recordings.Code).VerifyFile(database).Findings);

        await using var scenario = await Scenario.ContinueAsync(database, stoppedAt);
        await EndAsync(scenario);
    }

    [Fact]
    public async Task Deals_are_left_at_everything_that_a_deal_waits_for_and_go_on_from_there()
    {
        var packed = Path.Combine(Recordings.Target ?? _folder, Name);
        await using (var scenario = await Scenario.StartAsync())
        {
            await DealsInFlight.BeginAsync(scenario);
            var left = await DealsInFlight.RunningAsync(scenario);
            Assert.Equal(
                // Without an owner nobody could go on, and refused credit is only asked again after a day.
                Enum.GetValues<WaitingFor>().Except([WaitingFor.Owner, WaitingFor.ShipmentCredit]).Order(),
                left.Select(deal => deal.Waiting!.For).Distinct().Order());
            var database = Path.Combine(_folder, "kept.db");
            await scenario.KeepAsync(database);
            Pack(database, scenario.Clock.GetUtcNow(), packed);
        }

        var (unpacked, stoppedAt) = Unpack(packed);
        await using var next = await Scenario.ContinueAsync(unpacked, stoppedAt);
        await EndAsync(next);
    }

    private static async Task EndAsync(Scenario scenario)
    {
        var begun = await DealsInFlight.RunningAsync(scenario);
        Assert.NotEmpty(begun);
        for (var turn = 1; await DealsInFlight.RunningAsync(scenario) is { Count: > 0 } running; turn++)
        {
            Assert.True(turn < 10, $"{running[0].Id} still waits for {running[0].Waiting?.For}.");
            foreach (var deal in running)
            {
                await DealsInFlight.CarryOnAsync(scenario, deal, turn);
            }
        }

        foreach (var deal in begun)
        {
            var ended = await scenario.Get<DealService>().FindAsync(deal.Id, scenario.Bound);
            Assert.Equal(Stage.Paid, ended!.Stage);
        }
    }

    private static void Pack(string database, DateTimeOffset stoppedAt, string packed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(packed)!);
        using (var source = File.OpenRead(database))
        using (var target = new GZipStream(File.Create(packed), CompressionLevel.SmallestSize))
        {
            source.CopyTo(target);
        }

        File.WriteAllText(packed + ".txt", stoppedAt.ToString("O", CultureInfo.InvariantCulture) + "\n");
    }

    private (string Database, DateTimeOffset StoppedAt) Unpack(string packed)
    {
        var database = Path.Combine(_folder, "unpacked.db");
        using (var source = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress))
        using (var target = File.Create(database))
        {
            source.CopyTo(target);
        }

        return (
            database,
            DateTimeOffset.Parse(File.ReadAllText(packed + ".txt").Trim(), CultureInfo.InvariantCulture));
    }
}

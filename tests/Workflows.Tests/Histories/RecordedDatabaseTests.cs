using System.Globalization;
using System.IO.Compression;
using Workflows.Engine;
using Workflows.Lifecycle;

namespace Workflows.Tests.Histories;

/// <summary>
/// Databases that released versions left with deals in flight: this version opens them, replays every history in them,
/// and brings each deal to its payment. A version's database lies beside its recorded histories, with the time at which
/// it was stopped.
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
    public async Task Deals_that_a_version_left_in_flight_are_paid_under_this_version(string version)
    {
        var (database, stoppedAt) = Unpack(Path.Combine(Recordings.Folder, version, Name));
        Assert.Empty(new HistoryVerifier(Recordings.Code).VerifyFile(database).Findings);

        await using var scenario = await Scenario.ContinueAsync(database, stoppedAt);
        await PayAllAsync(scenario);
    }

    [Fact]
    public async Task A_database_with_deals_at_every_wait_is_kept_and_its_deals_go_on_from_there()
    {
        var packed = Path.Combine(Recordings.Target ?? _folder, Name);
        await using (var scenario = await Scenario.StartAsync())
        {
            await DealsInFlight.BeginAsync(scenario);
            var begun = await DealsInFlight.RunningAsync(scenario);
            Assert.Equal(
                // No person can end these two: a deal without an owner, and credit that is asked for again after a day.
                // And a deal that waits to be reinstated has ended, as the board sees it.
                Enum.GetValues<WaitingFor>()
                    .Except([WaitingFor.Owner, WaitingFor.ShipmentCredit, WaitingFor.Reinstatement]).Order(),
                begun.Select(deal => deal.Waiting!.For).Distinct().Order());
            var database = Path.Combine(_folder, "kept.db");
            await scenario.KeepAsync(database);
            Pack(database, scenario.Clock.GetUtcNow(), packed);
        }

        var (unpacked, stoppedAt) = Unpack(packed);
        await using var next = await Scenario.ContinueAsync(unpacked, stoppedAt);
        await PayAllAsync(next);
    }

    private static async Task PayAllAsync(Scenario scenario)
    {
        var begun = await DealsInFlight.RunningAsync(scenario);
        Assert.NotEmpty(begun);
        for (var round = 1; await DealsInFlight.RunningAsync(scenario) is { Count: > 0 } running; round++)
        {
            Assert.True(round < 10, $"{running[0].Id} still waits for {running[0].Waiting?.For}.");
            foreach (var deal in running)
            {
                await DealsInFlight.AdvanceAsync(scenario, deal, round);
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

using System.IO.Compression;
using System.Text;
using Workflows.Embedded.Commands;
using Workflows.Embedded.Tests.Serving;
using Workflows.Facts;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Reviews;

namespace Workflows.Embedded.Tests.Commands;

public sealed class VerifyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-verify-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_of_this_build_has_no_difference_beside_a_running_server_and_after_and_is_not_written_to()
    {
        await using var home = await WithDealAsync();
        var beside = await Shell.RunAsync("verify", "--db", home.Database);
        await home.StopAsync();
        var before = await File.ReadAllBytesAsync(home.Database);
        var files = Directory.GetFiles(Path.GetDirectoryName(home.Database)!).Order();

        var after = await Shell.RunAsync("verify", "--db", home.Database);

        Assert.Equal((0, ""), (beside.Exit, beside.Error));
        Assert.Equal((0, ""), (after.Exit, after.Error));
        Assert.Equal($"Replayed 2 instances of {home.Database}: no difference.\n", after.Output);
        Assert.Equal(before, await File.ReadAllBytesAsync(home.Database));
        Assert.Equal(files, Directory.GetFiles(Path.GetDirectoryName(home.Database)!).Order());
    }

    [Fact]
    public async Task Code_that_takes_another_step_is_named_with_the_event_what_was_expected_and_what_was_found()
    {
        await using var home = await WithDealAsync();
        var catalog = new DurableCatalog().AddOrchestration<HastyLifecycle>().AddOrchestration<ReviewSchedule>();
        var verify = new VerifyCommand(catalog);

        var (exit, output, _) = await Shell.RunAsync(
            new CommandLine([verify], verify), "verify", "--db", home.Database);

        Assert.Equal(1, exit);
        Assert.Matches(
            @"^D-[0-9A-Z-]+, event 2: expected Activity #1 'QualifyInquiry' \(input [0-9a-f]+\); found Timer #1 due .*\n",
            output);
        Assert.Contains("Replayed 2 instances", output, StringComparison.Ordinal);
        Assert.Contains(": 1 difference.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_recorded_replays_until_it_is_altered()
    {
        await using var home = await WithDealAsync();
        var recorded = await Shell.RunAsync("record", _folder, "--db", home.Database);
        var clean = await Shell.RunAsync("verify", "--against-history", _folder);
        var deal = Directory.GetFiles(Path.Combine(_folder, "InquiryToPayment")).Single();
        Alter(deal, "\"AssignOwner\"", "\"ChooseOwner\"");

        var altered = await Shell.RunAsync("verify", "--against-history", _folder, "--db", home.Database);

        Assert.Equal($"2 histories of {home.Database} written to {_folder}.\n", recorded.Output);
        Assert.Equal((0, $"Replayed 2 recorded histories of {_folder}: no difference.\n"), (clean.Exit, clean.Output));
        Assert.Equal(1, altered.Exit);
        Assert.Matches(
            @"^InquiryToPayment/D-[0-9A-Z-]+\.json\.gz, event \d+: expected Activity #2 'ChooseOwner' .*; found Activity #2 'AssignOwner' ",
            altered.Output);
        Assert.Contains(
            $"Replayed 2 instances of {home.Database} and 2 recorded histories of {_folder}: 1 difference.",
            altered.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_with_a_flipped_bit_is_reported_as_damaged()
    {
        await using var home = await WithDealAsync();
        await home.StopAsync();
        RawDatabase.Execute(
            home.Database,
            "UPDATE history SET data = cast(substr(data, 1, length(data) - 1) || x'5a' AS BLOB) WHERE turn = 3");

        var (exit, output, _) = await Shell.RunAsync("verify", "--db", home.Database);

        Assert.Equal(1, exit);
        Assert.Contains("from turn 3 on, is damaged", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_reported_in_a_line()
    {
        var nowhere = Path.Combine(_folder, "nowhere.db");
        var nonsense = Path.Combine(_folder, "nonsense.db");
        await File.WriteAllTextAsync(nonsense, new string('x', 8192));
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));

        await IsRefusedAsync(1, $"There is no database {nowhere}.", "verify", "--db", nowhere);
        await IsRefusedAsync(1, "file is not a database", "verify", "--db", nonsense);
        await IsRefusedAsync(
            1, "There is no recorded history", "verify", "--against-history", Path.Combine(_folder, "empty"));
        await IsRefusedAsync(
            1, "Could not find a part of the path", "verify", "--against-history", Path.Combine(_folder, "missing"));
        await IsRefusedAsync(2, "Unknown option '--against'", "verify", "--against", _folder);
        await IsRefusedAsync(2, "DIR is missing", "record");
        Assert.False(File.Exists(nowhere));
    }

    [Fact]
    public async Task A_file_that_something_else_has_locked_is_reported_in_a_line()
    {
        await using var home = await WithDealAsync();
        await home.StopAsync();
        using var lockedBy = RawDatabase.Open(home.Database);
        RawDatabase.Execute(lockedBy, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");

        await IsRefusedAsync(1, "cannot be read: database is locked", "verify", "--db", home.Database);
    }

    private static async Task IsRefusedAsync(int expected, string reason, params string[] args)
    {
        var (exit, output, error) = await Shell.RunAsync(args);
        Assert.Equal(expected, exit);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Empty(output);
    }

    private static async Task<RunningHome> WithDealAsync()
    {
        var home = await RunningHome.StartAsync();
        await home.AssignedAsync("INQ-1");
        return home;
    }

    private static void Alter(string file, string from, string to)
    {
        using var packed = new MemoryStream(File.ReadAllBytes(file));
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        var text = reader.ReadToEnd();
        Assert.Contains(from, text, StringComparison.Ordinal);
        using var target = new GZipStream(File.Create(file), CompressionLevel.Fastest);
        target.Write(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
    }

    [DurableName("InquiryToPayment")]
    private sealed class HastyLifecycle : Orchestration<DealInput, DealResult>
    {
        public override async Task<DealResult> RunAsync(OrchestrationContext context, DealInput input)
        {
            await context.CreateTimerAsync(context.UtcNow.AddHours(1));
            return new DealResult(input.Deal, Stage.Lost);
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Workflows.Conformance;
using Workflows.Embedded.Commands;
using Workflows.Embedded.Tests.Commands;
using Workflows.Embedded.Tests.Serving;
using Workflows.Web.Tests;

namespace Workflows.Embedded.Tests.Storage;

/// <summary>Something happens to the file while the home is stopped. It says so, and shows no wrong amount.</summary>
public sealed class DamagedHomeTests : IAsyncLifetime
{
    private RunningHome _home = null!;

    public async Task InitializeAsync() => _home = await RunningHome.StartAsync();

    public async Task DisposeAsync() => await _home.DisposeAsync();

    [Theory]
    [InlineData(
        "UPDATE rows SET properties = cast(replace(properties, '3120', '1120') AS BLOB) WHERE tbl = 'invoices'",
        "Row '")]
    [InlineData("DELETE FROM rows WHERE tbl = 'invoices' AND rk LIKE '%-I1'", "Partition '")]
    [InlineData("UPDATE digests SET digest = digest + 1 WHERE tbl = 'invoices'", "Partition '")]
    public async Task An_invoice_that_is_not_what_was_written_is_refused_and_nothing_is_booked_on_it(
        string damage, string what)
    {
        var deal = await OrderedAsync();
        await _home.StopAsync();
        RawDatabase.Execute(_home.Database, damage);
        await _home.StartAgainAsync();

        using var read = await _home.SendAsync(HttpMethod.Get, $"/api/invoices/{deal}-I1");
        using var shown = await _home.SendAsync(HttpMethod.Get, $"/api/deals/{deal}");
        using var paid = await _home.SendAsync(HttpMethod.Post, "/api/payments", Payment(deal));
        using var sound = await _home.SendAsync(HttpMethod.Get, "/api/deals");
        await _home.StopAsync();
        var verified = await Shell.RunAsync("verify", "--db", _home.Database);

        await read.ProblemAsync(HttpStatusCode.InternalServerError, "data-damaged");
        await shown.ProblemAsync(HttpStatusCode.InternalServerError, "data-damaged");
        await paid.ProblemAsync(HttpStatusCode.InternalServerError, "data-damaged");
        Assert.Equal(HttpStatusCode.OK, sound.StatusCode);
        Assert.Equal(1, verified.Exit);
        Assert.Contains($"invoices/{deal}: expected", verified.Output, StringComparison.Ordinal);
        Assert.Contains($"{what}{deal}'", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_flipped_bit_of_an_amount_anywhere_in_the_file_is_never_shown()
    {
        var deal = await OrderedAsync();
        await _home.StopAsync();
        var file = await File.ReadAllBytesAsync(_home.Database);
        Assert.True(FlipOneBit(file, "3120.00"u8) > 0);
        await File.WriteAllBytesAsync(_home.Database, file);
        await _home.StartAgainAsync();

        foreach (
            var path in (string[])
                [
                    $"/api/invoices/{deal}-I1", $"/api/deals/{deal}", $"/api/invoices?deal={deal}",
                    "/api/receivables/ageing",
                ])
        {
            using var read = await _home.SendAsync(HttpMethod.Get, path);
            Assert.DoesNotContain("1120.00", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await read.ProblemAsync(HttpStatusCode.InternalServerError, "data-damaged");
        }
    }

    [Fact]
    public async Task A_deal_that_needs_a_damaged_record_is_blocked_and_goes_on_when_the_record_is_restored()
    {
        var deal = await QuotedAsync();
        await _home.StopAsync();
        RawDatabase.Execute(_home.Database, "UPDATE rows SET seal = seal + 1 WHERE tbl = 'customers'");
        await _home.StartAgainAsync();
        using var answered = await _home.SendAsync(
            HttpMethod.Post, $"/api/deals/{deal}/answer", new { answer = "Accepted" });
        var blocked = await Eventually.ValueAsync(
            () => _home.GetAsync($"/api/instances/{deal}"), instance => (string?)instance["status"] == "Blocked",
            "the deal is blocked");
        Assert.Contains("of table customers is damaged", (string?)blocked["reason"], StringComparison.Ordinal);

        await _home.StopAsync();
        RawDatabase.Execute(_home.Database, "UPDATE rows SET seal = seal - 1 WHERE tbl = 'customers'");
        await _home.StartAgainAsync();

        var ordered = await _home.DealAsync(deal, IsOrdered, "it goes on with the answer");
        Assert.Equal("10400.00", (string?)ordered["order"]!["total"]!["amount"]);
    }

    [Fact]
    public async Task A_line_that_vanished_from_a_timeline_is_missed()
    {
        var deal = await _home.AssignedAsync("INQ-1");
        await _home.StopAsync();
        RawDatabase.Execute(_home.Database, "DELETE FROM rows WHERE tbl = 'deals' AND rk = '000002'");
        await _home.StartAgainAsync();

        using var read = await _home.SendAsync(HttpMethod.Get, $"/api/deals/{deal}");

        await read.ProblemAsync(HttpStatusCode.InternalServerError, "data-damaged");
    }

    [Fact]
    public async Task An_older_copy_of_the_file_is_refused_at_the_start()
    {
        await _home.StopAsync();
        File.Copy(_home.Database, _home.Database + ".yesterday");
        await _home.StartAgainAsync();
        await _home.AssignedAsync("INQ-1");
        await _home.StopAsync();
        File.Move(_home.Database + ".yesterday", _home.Database, overwrite: true);

        await IsRefusedAsync("has lost its last");
    }

    [Fact]
    public async Task A_log_that_lost_its_end_is_refused_at_the_start()
    {
        await _home.AssignedAsync("INQ-1");
        var wal = _home.Database + "-wal";
        var copy = _home.Database + ".crashed";
        foreach (var end in (string[])["", "-wal", ".mark"])
        {
            await CopyAsync(_home.Database + end, copy + end);
        }

        await _home.StopAsync();
        foreach (var end in (string[])["", "-wal", ".mark"])
        {
            File.Move(copy + end, _home.Database + end, overwrite: true);
        }

        using (var log = new FileStream(wal, FileMode.Open))
        {
            log.SetLength(log.Length * 3 / 4);
        }

        await IsRefusedAsync("the end of its WAL is gone");
    }

    [Fact]
    public async Task A_file_that_is_gone_is_refused_at_the_start_and_no_empty_one_takes_its_place()
    {
        await _home.StopAsync();
        File.Delete(_home.Database);

        await IsRefusedAsync("is gone, but");
        Assert.False(File.Exists(_home.Database));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_at_the_start()
    {
        await _home.StopAsync();
        await File.WriteAllTextAsync(_home.Database, new string('x', 8192));

        await IsRefusedAsync("file is not a database");
    }

    private async Task IsRefusedAsync(string reason)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(_home.StartAgainAsync);
        Assert.Equal(ExitCode.Failed, refusal.ExitCode);
        Assert.Contains("Cannot start", Assert.Single(refusal.Reasons), StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static bool IsOrdered(JsonNode deal) =>
        (string?)deal["stage"] == "Ordered" && ((JsonArray)deal["invoices"]!).Count == 2;

    private async Task<string> QuotedAsync()
    {
        var deal = await _home.AssignedAsync("INQ-1");
        await _home.PostAsync($"/api/deals/{deal}/quotations", Samples.Quotation());
        await _home.DealAsync(deal, shown => (string?)shown["stage"] == "Quoted", "quoted");
        return deal;
    }

    private async Task<string> OrderedAsync()
    {
        var deal = await QuotedAsync();
        await _home.PostAsync($"/api/deals/{deal}/answer", new { answer = "Accepted" });
        await _home.DealAsync(deal, IsOrdered, "billed");
        return deal;
    }

    // 3 and 1 differ in one bit.
    private static int FlipOneBit(byte[] file, ReadOnlySpan<byte> amount)
    {
        var flipped = 0;
        for (var at = file.AsSpan().IndexOf(amount); at >= 0; at = file.AsSpan().IndexOf(amount))
        {
            file[at] ^= 2;
            flipped++;
        }

        return flipped;
    }

    private static object Payment(string deal) => new
    {
        reference = "BANK-1",
        invoice = $"{deal}-I1",
        amount = new { amount = "3120.00", currency = "USD" },
    };

    private static async Task CopyAsync(string from, string to)
    {
        await using var source = new FileStream(
            from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var target = File.Create(to);
        await source.CopyToAsync(target);
    }
}

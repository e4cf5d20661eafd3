using System.Net;
using Workflows.Azure.Storage;
using Workflows.Azure.Tests.Emulator;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Storage;

/// <summary>What the store makes of requests and answers that are lost on the way.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private const string Table = "deals";
    private const int Always = int.MaxValue;

    private readonly FaultInjectingTransport _line = new();
    private AzureTableStore _tables = null!;

    public async Task InitializeAsync()
    {
        _tables = new AzureTableStore(StorageHome.AccountOf(await Azurite.NewAccountAsync(), _line.Install).Tables);
        await _tables.InsertAsync(Table, Row("there", 1));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(1)]
    [InlineData(Always)]
    public async Task A_write_whose_answers_were_lost_succeeds_with_the_rows_own_ETag(int lost)
    {
        _line.LoseAnswers = lost;
        var etag = await _tables.InsertAsync(Table, Row("new", 2));
        Assert.Equal(etag, (await ReadAsync("new"))!.ETag);

        _line.LoseAnswers = lost;
        etag = await _tables.ReplaceAsync(Table, Row("new", 3), etag);
        Assert.Equal((etag, 3), ((await ReadAsync("new"))!.ETag, (await ReadAsync("new"))!["n"]));

        _line.LoseAnswers = lost;
        await _tables.DeleteAsync(Table, "p", "new", etag);
        Assert.Null(await ReadAsync("new"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Always)]
    public async Task A_batch_whose_answers_were_lost_succeeds_whole(int lost)
    {
        _line.LoseAnswers = lost;
        var etags = await _tables.ExecuteAsync(Table,
        [
            TableOperation.Insert(Row("a", 2)),
            TableOperation.Delete("p", "there", TableOperation.AnyETag),
            TableOperation.Insert(Row("b", 3)),
        ]);
        Assert.Equal([(await ReadAsync("a"))!.ETag, null, (await ReadAsync("b"))!.ETag], etags);
        Assert.Null(await ReadAsync("there"));
    }

    [Fact]
    public async Task A_request_that_was_lost_is_sent_again()
    {
        _line.LoseRequests = 2;
        await _tables.InsertAsync(Table, Row("new", 2));
        Assert.Equal(2, (await ReadAsync("new"))!["n"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_busy_storage_is_asked_again_and_one_that_stays_busy_is_said_to_be_unavailable(
        HttpStatusCode status)
    {
        _line.Refuse(status, times: 2);
        await _tables.InsertAsync(Table, Row("new", 2));
        _line.Refuse(status, Always);
        var failure = await Assert.ThrowsAsync<HomeUnavailableException>(
            () => _tables.InsertAsync(Table, Row("newer", 2)));
        Assert.True(failure.RetryAfter > TimeSpan.Zero);
        Assert.NotNull(await ReadAsync("new"));
        Assert.Null(await ReadAsync("newer"));
    }

    [Fact]
    public async Task What_the_service_finds_too_large_is_refused_like_what_breaks_a_rule()
    {
        _line.Refuse(HttpStatusCode.RequestEntityTooLarge, times: 1);
        await Assert.ThrowsAsync<ArgumentException>(() => _tables.InsertAsync(Table, Row("new", 2)));
    }

    [Fact]
    public async Task A_storage_that_cannot_be_reached_is_said_to_be_unavailable_and_nothing_is_promised()
    {
        _line.LoseRequests = Always;
        await Assert.ThrowsAsync<HomeUnavailableException>(() => _tables.InsertAsync(Table, Row("new", 2)));
        Assert.Null(await ReadAsync("new"));
    }

    [Fact]
    public async Task A_repeated_request_that_meets_another_writers_row_has_lost_the_race()
    {
        _line.LoseRequests = 1;
        var conflict = await Assert.ThrowsAsync<RowConflictException>(
            () => _tables.InsertAsync(Table, Row("there", 1)));
        Assert.Equal(RowConflict.Exists, conflict.Reason);
    }

    private static TableRow Row(string key, int n) => new("p", key) { ["n"] = n };

    private Task<TableRow?> ReadAsync(string key) => _tables.GetAsync(Table, "p", key);
}

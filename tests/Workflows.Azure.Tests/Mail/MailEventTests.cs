using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Azure.Mail;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

/// <summary>What SendGrid's events do to mails.</summary>
public sealed class MailEventTests : IAsyncLifetime
{
    private MailHome _home = null!;

    private DateTimeOffset Now => _home.Clock.GetUtcNow();

    public async Task InitializeAsync() => _home = await MailHome.StartAsync();

    public async Task DisposeAsync()
    {
        if (_home is not null)
        {
            await _home.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("processed")]
    [InlineData("deferred")]
    [InlineData("delivered")]
    public async Task An_event_of_an_unknown_mail_shows_that_it_went_out(string kind)
    {
        await GiveUnknownAsync();
        await _home.Events.ApplyAsync([Event("e-1", kind, Now.AddMinutes(1))], default);
        var record = await _home.ReadAsync("m-1");
        Assert.Equal((MailStatus.Sent, Now.AddMinutes(1), null), (record.Status, record.SentAt, record.Error));
        Assert.Empty(await _home.ListAsync(MailStatus.Unknown));
        await _home.Sender.HandleAsync("m-1", default);
        Assert.Single(_home.SendGrid.Mails);
    }

    [Theory]
    [InlineData("bounce")]
    [InlineData("dropped")]
    public async Task A_mail_that_did_not_reach_its_recipient_has_failed(string kind)
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        await _home.Events.ApplyAsync([Event("e-1", kind, Now, "550 no such user")], default);
        Assert.Equal($"{kind}: 550 no such user", (await _home.ReadAsync("m-1")).Error);
        Assert.Equal(["m-1"], await _home.ListAsync(MailStatus.Failed));
    }

    [Fact]
    public async Task A_refused_mail_whose_listing_broke_off_is_listed_when_the_event_comes_again()
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        var events = new MailEvents(
            new MailRepository(new UnlistedTables(_home.Tables)), NullLogger<MailEvents>.Instance);
        MailEvent[] bounce = [Event("e-1", "bounce", Now, "550 buyer@example.com is unknown")];
        await Assert.ThrowsAsync<HomeUnavailableException>(() => events.ApplyAsync(bounce, default));
        Assert.Equal(MailStatus.Failed, (await _home.ReadAsync("m-1")).Status);
        Assert.Empty(await _home.ListAsync(MailStatus.Failed));

        await events.ApplyAsync(bounce, default);
        Assert.Equal(["m-1"], await _home.ListAsync(MailStatus.Failed));
    }

    [Fact]
    public async Task A_refusal_is_logged_without_its_reason_which_may_hold_an_address()
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        using var log = new HomeLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var events = new MailEvents(_home.Repository, loggers.CreateLogger<MailEvents>());
        await events.ApplyAsync([Event("e-1", "bounce", Now, "550 buyer@example.com is unknown")], default);
        Assert.Equal("The provider reports bounce for mail m-1", Assert.Single(log.Lines).Text);
    }

    [Fact]
    public async Task A_mail_that_SendGrid_had_after_all_is_not_tried_again()
    {
        _home.SendGrid.Answer(500);
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        await _home.Events.ApplyAsync([Event("e-1", "processed", Now)], default);
        _home.Clock.Advance(TimeSpan.FromHours(1));
        await _home.Sender.HandleAsync("m-1", default);
        Assert.Equal((MailStatus.Sent, 1), ((await _home.ReadAsync("m-1")).Status, _home.SendGrid.Mails.Count));
    }

    [Fact]
    public async Task Events_that_come_many_times_late_and_in_any_order_count_once()
    {
        await GiveUnknownAsync();
        MailEvent[] events = [
            Event("e-3", "bounce", Now.AddHours(2)), Event("e-2", "delivered", Now.AddHours(1)),
            Event("e-1", "processed", Now)];
        await Task.WhenAll(Enumerable.Range(0, 46).Select(_ => _home.Events.ApplyAsync(events, default)));
        var before = await _home.Repository.FindAsync("m-1", default);
        Assert.Equal((MailState.Failed, "bounce: "), (before!.State, before.Error));
        _home.Clock.Advance(TimeSpan.FromHours(29));
        await _home.Events.ApplyAsync(events, default);
        Assert.Equal(before, await _home.Repository.FindAsync("m-1", default));
    }

    [Fact]
    public async Task A_bounce_that_a_delivery_has_overtaken_changes_nothing()
    {
        await GiveUnknownAsync();
        await _home.Events.ApplyAsync(
            [Event("e-2", "delivered", Now.AddHours(2)), Event("e-1", "bounce", Now.AddHours(1))], default);
        Assert.Equal(MailStatus.Sent, (await _home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task Events_that_are_not_ours_or_say_nothing_of_the_way_are_ignored()
    {
        await GiveUnknownAsync();
        await _home.Events.ApplyAsync(
            [
                Event("e-1", "open", Now), Event("e-2", "click", Now),
                Event("e-3", "delivered", Now) with { MailId = "stranger" },
            ],
            default);
        Assert.Equal(MailStatus.Unknown, (await _home.ReadAsync("m-1")).Status);
        Assert.Empty(
            MailEvent.ReadAll(
                """[{},{"event":"delivered"},null,7,{"sg_event_id":1,"mail_id":"m","event":"x","timestamp":"1"}]"""u8.ToArray()));
    }

    [Theory]
    [InlineData(0, true, HttpStatusCode.Accepted)]
    [InlineData(300, true, HttpStatusCode.Accepted)]
    [InlineData(301, true, HttpStatusCode.Unauthorized)]
    [InlineData(-301, true, HttpStatusCode.Unauthorized)]
    [InlineData(0, false, HttpStatusCode.Unauthorized)]
    public async Task Only_events_that_are_signed_and_fresh_are_taken(int age, bool isSigned, HttpStatusCode expected)
    {
        await GiveUnknownAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await EventServer.StartAsync(
            _home, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
        var seconds = _home.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body = $$"""[{"sg_event_id":"e-1","mail_id":"m-1","event":"delivered","timestamp":{{seconds}}}]""" + "\r\n";
        var timestamp = (seconds - age).ToString(CultureInfo.InvariantCulture);
        var signature = key.SignData(
            Encoding.UTF8.GetBytes(timestamp + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var answer = await server.PostAsync(
            isSigned ? body : body.Replace("delivered", "processed", StringComparison.Ordinal), timestamp,
            Convert.ToBase64String(signature));
        Assert.Equal(expected, answer);
        var isTaken = expected == HttpStatusCode.Accepted;
        Assert.Equal(isTaken ? MailStatus.Sent : MailStatus.Unknown, (await _home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task Without_a_key_there_is_no_such_address_and_signed_nonsense_is_refused()
    {
        await using (var closed = await EventServer.StartAsync(_home, eventKey: null))
        {
            Assert.Equal(HttpStatusCode.NotFound, await closed.PostAsync("[]", "1", ""));
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await EventServer.StartAsync(
            _home, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
        foreach (var nonsense in new[] { "", "{}", "[", "null" })
        {
            var timestamp = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var signature = key.SignData(
                Encoding.UTF8.GetBytes(timestamp + nonsense), HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence);
            Assert.Equal(
                HttpStatusCode.BadRequest,
                await server.PostAsync(nonsense, timestamp, Convert.ToBase64String(signature)));
        }
    }

    /// <summary>
    /// SendGrid gathers events: a mailing's answers come at once, and mails of others may be among them.
    /// </summary>
    [Fact]
    public async Task Ten_thousand_events_in_one_request_are_applied_within_the_time_that_it_has()
    {
        var mails = Enumerable.Range(0, 200).Select(n => $"m-{n}").ToList();
        await Parallel.ForEachAsync(mails, async (id, stop) => await _home.Repository.TakeAsync(
            MailItem.New(MailHome.Mail(id), Now) with { State = MailState.Unknown }, stop));
        var seconds = Now.ToUnixTimeSeconds();
        string Say(string id, string kind, int later) =>
            $$"""{"sg_event_id":"{{id}}-{{kind}}-{{later}}","mail_id":"{{id}}","event":"{{kind}}","timestamp":{{seconds + later}}}""";
        var events = mails
            .SelectMany(id => (string[])
                [
                    Say(id, "processed", 1), .. Enumerable.Range(2, 22).Select(n => Say(id, "deferred", n)),
                    Say(id, "delivered", 60), Say(id, "open", 70),
                ])
            .Concat(Enumerable.Range(0, 5_000).Select(n => Say($"stranger-{n}", "delivered", 1)))
            .ToList();
        Assert.Equal(10_000, events.Count);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await EventServer.StartAsync(
            _home, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
        var timestamp = seconds.ToString(CultureInfo.InvariantCulture);
        var body = $"[{string.Join(',', events)}]\r\n";
        var signature = key.SignData(
            Encoding.UTF8.GetBytes(timestamp + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        // The client gives up after 100 s, the platform after 230.
        Assert.Equal(
            HttpStatusCode.Accepted, await server.PostAsync(body, timestamp, Convert.ToBase64String(signature)));

        Assert.Empty(await _home.ListAsync(MailStatus.Unknown));
        var items = await Task.WhenAll(mails.Select(id => _home.Repository.FindAsync(id, default)));
        Assert.All(items, item => Assert.Equal(
            (MailState.Sent, Now.AddSeconds(1), Now.AddSeconds(60)), (item!.State, item.SentAt, item.DeliveredAt)));
    }

    private static MailEvent Event(string id, string kind, DateTimeOffset at, string reason = "") =>
        new(id, "m-1", kind, reason, at);

    private async Task GiveUnknownAsync()
    {
        _home.SendGrid.TakeAndBreakOff();
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        Assert.Equal(["m-1"], await _home.ListAsync(MailStatus.Unknown));
    }

    /// <summary>Tables of which the one with the lists does not take its first change.</summary>
    private sealed class UnlistedTables(ITableStore tables) : ITableStore
    {
        private bool _hasBrokenOff;

        public Task<TableRow?> GetAsync(
            string table, string partitionKey, string rowKey, CancellationToken cancellation) =>
            tables.GetAsync(table, partitionKey, rowKey, cancellation);

        public Task<Page<TableRow>> QueryAsync(string table, TableQuery query, CancellationToken cancellation) =>
            tables.QueryAsync(table, query, cancellation);

        public Task<IReadOnlyList<string?>> ExecuteAsync(
            string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation)
        {
            if (table == "MailIndex" && !_hasBrokenOff)
            {
                _hasBrokenOff = true;
                throw new HomeUnavailableException("The storage does not answer.", TimeSpan.FromSeconds(5));
            }

            return tables.ExecuteAsync(table, operations, cancellation);
        }
    }
}

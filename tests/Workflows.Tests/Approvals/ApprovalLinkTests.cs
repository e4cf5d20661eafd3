using Microsoft.Extensions.DependencyInjection;
using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Tests.Approvals;

public class ApprovalLinkTests : ApprovalCase
{
    private static readonly LinkKey OldKey = new("old", Enumerable.Repeat((byte)1, 32).ToArray());
    private static readonly LinkKey NewKey = new("new", Enumerable.Repeat((byte)2, 32).ToArray());

    private LinkKeyRing _keys = new([OldKey]);

    // A ring that the test can change, as a home does between two starts.
    protected override Task<Scenario> StartAsync() =>
        Scenario.StartAsync(more: services => services.AddTransient(_ => _keys));

    [Fact]
    public async Task Opening_shows_the_request_and_decides_nothing_however_often()
    {
        await AskAsync();
        var token = await LastTokenAsync();
        var trail = await TrailAsync();

        for (var visit = 0; visit < 3; visit++)
        {
            var view = await OpenAsync(token);
            Assert.Equal(ApprovalLinkState.Open, view.State);
            Assert.Equal("8% discount on D-0000-0000-0000-Q1 for Acme", view.Open!.Subject);
            Assert.Equal(9, view.Open.Facts.Count);
        }

        Assert.Equal(OrchestrationStatus.Running, (await Scenario.Client.GetAsync(Id.Value, Scenario.Bound))!.Status);
        Assert.Equal(trail, await TrailAsync());
        Assert.IsType<DecisionResult.Recorded>(await ApproveAsync(token));
    }

    [Fact]
    public async Task A_used_link_shows_its_outcome_and_takes_no_other()
    {
        await AskAsync();
        var token = await LastTokenAsync();
        await ApproveAsync(token, "Fine.");

        var same = Assert.IsType<DecisionResult.AlreadySame>(await ApproveAsync(token, "Again."));
        var other = Assert.IsType<DecisionResult.AlreadyOther>(await RejectAsync(token));
        var view = await OpenAsync(token);

        Assert.Equal(("Fine.", "Fine."), (same.Decision.Comment, other.Decision.Comment));
        Assert.Equal(
            (ApprovalLinkState.Used, ApprovalVerdict.Approved, "Hanna Lindqvist"),
            (view.State, view.Outcome!.Verdict, view.Outcome.DecidedBy));
        Assert.Null(view.Open);
        Assert.Single(await TrailAsync(), what => what == AuditEvent.Decided);
    }

    [Fact]
    public async Task Of_two_opposite_clicks_in_the_same_moment_exactly_one_counts()
    {
        await AskAsync();
        var token = await LastTokenAsync();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => Task.Run(() => i % 2 == 0 ? ApproveAsync(token) : RejectAsync(token))));

        var recorded = Assert.Single(results.OfType<DecisionResult.Recorded>());
        Assert.Equal(4, results.OfType<DecisionResult.AlreadySame>().Count());
        Assert.Equal(5, results.OfType<DecisionResult.AlreadyOther>().Count());
        Assert.Equal(recorded.Decision.Verdict, (await OutcomeAsync()).Verdict);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_rejection_must_give_a_reason(string? comment)
    {
        await AskAsync();
        var token = await LastTokenAsync();

        Assert.IsType<DecisionResult.Invalid>(await RejectAsync(token, comment));
        Assert.Equal(ApprovalLinkState.Open, (await OpenAsync(token)).State);
        Assert.IsType<DecisionResult.Invalid>(await ApproveAsync(token, new string('x', 2001)));
        Assert.IsType<DecisionResult.Recorded>(await ApproveAsync(token, new string('x', 2000)));
    }

    [Fact]
    public async Task A_link_of_an_expired_request_says_so_and_shows_nothing()
    {
        await AskAsync();
        var first = await LastTokenAsync();
        await Scenario.AdvanceToAsync(Tuesday9);

        foreach (var token in new[] { first, await LastTokenAsync() })
        {
            Assert.Equal(new ApprovalView(ApprovalLinkState.Expired, null, null), await OpenAsync(token));
            Assert.IsType<DecisionResult.Expired>(await ApproveAsync(token));
        }
    }

    [Fact]
    public async Task Any_other_text_is_an_unknown_link()
    {
        await AskAsync();
        var token = await LastTokenAsync();
        var last = token[^1];
        // The last character holds two unused bits: its three siblings decode to the same bytes.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var siblings = Enumerable.Range(1, 3).Select(
            bit => token[..^1] + Alphabet[Alphabet.IndexOf(last, StringComparison.Ordinal) + bit]);
        string[] others =
        [
            .. siblings, "", " ", token + "=", token + " ", " " + token, token[..^1], token.ToUpperInvariant() + "x",
            (token[0] == 'A' ? 'B' : 'A') + token[1..], new string('A', 43), "../" + token[3..], token[..^1] + "\0",
            LinkToken.Make(NewKey, Id, 1, new StaffId("hanna")),
            LinkToken.Make(OldKey, Id, 1, new StaffId("viktor")),
            LinkToken.Make(OldKey, Id, 2, new StaffId("hanna")),
        ];

        foreach (var other in others)
        {
            Assert.Equal(new ApprovalView(ApprovalLinkState.Unknown, null, null), await OpenAsync(other));
            Assert.IsType<DecisionResult.Unknown>(await ApproveAsync(other));
        }

        Assert.Equal(ApprovalLinkState.Open, (await OpenAsync(token)).State);
    }

    [Fact]
    public async Task A_new_key_makes_new_links_and_the_old_one_still_honours_old_ones()
    {
        await AskAsync();
        var token = await LastTokenAsync();
        _keys = new LinkKeyRing([NewKey, OldKey]);

        Assert.Equal(ApprovalLinkState.Open, (await OpenAsync(token)).State);
        await Scenario.AdvanceToAsync(Thursday9);

        Assert.Equal(token, await LastTokenAsync());
    }

    [Fact]
    public async Task A_key_that_is_taken_out_kills_its_links_and_the_reminder_brings_a_new_one()
    {
        await AskAsync();
        var token = await LastTokenAsync();
        _keys = new LinkKeyRing([NewKey]);

        Assert.Equal(ApprovalLinkState.Unknown, (await OpenAsync(token)).State);
        await Scenario.AdvanceToAsync(Thursday9);

        Assert.NotEqual(token, await LastTokenAsync());
        Assert.IsType<DecisionResult.Recorded>(await ApproveAsync(await LastTokenAsync()));
        Assert.Equal(ApprovalVerdict.Approved, (await OutcomeAsync()).Verdict);
    }

    [Fact]
    public async Task No_row_and_no_state_shows_the_token()
    {
        await AskAsync();
        var token = await LastTokenAsync();
        await Scenario.AdvanceToAsync(Thursday9);
        await ApproveAsync(token);
        var state = await Scenario.Client.WaitForCompletionAsync(Id.Value, Scenario.Bound);

        Assert.DoesNotContain(token, $"{state!.Input}{state.Output}{state.CustomStatus}", StringComparison.Ordinal);
        foreach (var table in new[] { "Approvals", "ApprovalLinks", "ApprovalIndex" })
        {
            await foreach (var row in Scenario.Tables.ReadAllAsync(table, new TableQuery(), Scenario.Bound))
            {
                var values = row.Properties.Values.Append(row.PartitionKey).Append(row.RowKey);
                Assert.DoesNotContain(values, value => value.ToString()!.Contains(token, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task The_trail_says_who_decided_when_how_from_where_and_on_what()
    {
        await AskAsync();
        await OpenAsync(await LastTokenAsync());
        await Scenario.AdvanceAsync(TimeSpan.FromMinutes(5));
        await ApproveAsync(await LastTokenAsync(), "Fine.");

        var file = (await Service.GetAsync(Id, Scenario.Bound))!;
        var decided = Assert.Single(file.Audit, entry => entry.Event == AuditEvent.Decided);
        Assert.Equal(
            new AuditEntry(
                AuditEvent.Decided,
                new StaffId("hanna"),
                Scenario.Morning.AddMinutes(5),
                "link",
                "203.0.113.7",
                "Mozilla/5.0",
                AuditEntry.Fingerprint(file.Request),
                "Approved: Fine."),
            decided);
    }
}

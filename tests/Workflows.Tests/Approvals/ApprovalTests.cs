using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Tests.Approvals;

public class ApprovalTests : ApprovalCase
{
    [Fact]
    public async Task The_lowest_level_gets_a_link_and_its_yes_ends_the_request()
    {
        await AskAsync();

        var letter = Assert.Single(await Scenario.MailsAsync<ApprovalRequested>()).Letter;
        Assert.Equal(("Hanna Lindqvist", "Mei Chen"), (letter.Reader, letter.Requester));
        Assert.Equal("Fri 6 Nov 2026, 09:00 (Asia/Shanghai)", letter.DecideByText);
        Assert.IsType<DecisionResult.Recorded>(await ApproveAsync(TokenOf(letter), " Good customer. "));

        var outcome = await OutcomeAsync();
        Assert.Equal(
            (ApprovalVerdict.Approved, "hanna", "Good customer."),
            (outcome.Verdict, outcome.DecidedBy.Value, outcome.Comment));
        var mail = Assert.Single(await Scenario.MailsAsync<ApprovalDecided>());
        Assert.Equal(("Mei Chen", "Hanna Lindqvist"), (mail.Reader, mail.DecidedBy));
        Assert.Equal([AuditEvent.Requested, AuditEvent.Mailed, AuditEvent.Decided], await TrailAsync());
    }

    [Fact]
    public async Task Silence_is_reminded_with_the_same_link_then_escalated_then_expires()
    {
        await AskAsync();
        var first = await LastTokenAsync();

        await Scenario.AdvanceToAsync(Thursday9.AddSeconds(-1));
        Assert.Single(await LettersAsync());
        await Scenario.AdvanceToAsync(Thursday9);
        Assert.Equal(first, TokenOf(Assert.Single(await Scenario.MailsAsync<ApprovalReminder>()).Letter));

        await Scenario.AdvanceToAsync(Friday9);
        var escalated = Assert.Single(await Scenario.MailsAsync<ApprovalEscalated>());
        Assert.Equal(("Viktor Petrov", "Hanna Lindqvist"), (escalated.Letter.Reader, escalated.AskedBefore));
        Assert.NotEqual(first, TokenOf(escalated.Letter));
        Assert.Equal("Tue 10 Nov 2026, 09:00 (Asia/Shanghai)", escalated.Letter.DecideByText);

        await Scenario.AdvanceToAsync(Tuesday9);
        var outcome = await OutcomeAsync();
        Assert.Equal(
            (ApprovalVerdict.Expired, "system", Tuesday9),
            (outcome.Verdict, outcome.DecidedBy.Value, outcome.DecidedAt));
        Assert.Equal(2, (await Scenario.MailsAsync<ApprovalReminder>()).Count);
        Assert.Equal(ApprovalVerdict.Expired, Assert.Single(await Scenario.MailsAsync<ApprovalDecided>()).Verdict);
        Assert.Equal(
            [
                AuditEvent.Requested, AuditEvent.Mailed, AuditEvent.Reminded, AuditEvent.Mailed, AuditEvent.Escalated,
                AuditEvent.Reminded, AuditEvent.Expired,
            ],
            await TrailAsync());
    }

    [Fact]
    public async Task The_next_level_decides_and_the_link_below_no_longer_does()
    {
        await AskAsync();
        var below = await LastTokenAsync();
        await Scenario.AdvanceToAsync(Friday9);
        var above = await LastTokenAsync();

        Assert.IsType<DecisionResult.Superseded>(await ApproveAsync(below));
        Assert.Equal(ApprovalLinkState.Superseded, (await OpenAsync(below)).State);
        Assert.IsType<DecisionResult.Recorded>(await RejectAsync(above));

        var outcome = await OutcomeAsync();
        Assert.Equal(
            (ApprovalVerdict.Rejected, "viktor", "Too much."),
            (outcome.Verdict, outcome.DecidedBy.Value, outcome.Comment));
        Assert.Equal(ApprovalLinkState.Superseded, (await OpenAsync(below)).State);
    }

    [Fact]
    public async Task The_requester_is_never_asked_and_the_next_level_is()
    {
        await AskAsync(Request(requester: "hanna"));

        Assert.Equal("Viktor Petrov", Assert.Single(await LettersAsync()).Reader);
    }

    [Fact]
    public async Task When_only_the_requester_could_decide_it_expires_at_once()
    {
        await AskAsync(Request(requester: "viktor", discountPercent: 12));

        var outcome = await OutcomeAsync();
        Assert.Equal(
            (ApprovalVerdict.Expired, "The policy names nobody who may decide this."),
            (outcome.Verdict, outcome.Comment));
    }

    [Fact]
    public async Task What_no_longer_stands_is_superseded_and_its_link_dies()
    {
        await AskAsync();
        var token = await LastTokenAsync();

        await ApprovalSignals.Superseded.RaiseAsync(Scenario.Client, Id.Value, Nothing.Value, "v2", Scenario.Bound);

        Assert.Equal(ApprovalVerdict.Superseded, (await OutcomeAsync()).Verdict);
        Assert.IsType<DecisionResult.Superseded>(await ApproveAsync(token));
        Assert.Empty(await Scenario.MailsAsync<ApprovalDecided>());
        Assert.Equal(AuditEvent.Superseded, (await TrailAsync())[^1]);
    }

    [Fact]
    public async Task A_decision_that_came_before_the_withdrawal_stands()
    {
        await AskAsync();
        var client = Scenario.Client;
        await client.SuspendAsync(Id.Value, "test", Scenario.Bound);
        await ApprovalSignals.Superseded.RaiseAsync(client, Id.Value, Nothing.Value, "v2", Scenario.Bound);
        await ApproveAsync(await LastTokenAsync());
        await client.ResumeAsync(Id.Value, "test", Scenario.Bound);

        Assert.Equal(ApprovalVerdict.Approved, (await OutcomeAsync()).Verdict);
    }

    [Fact]
    public async Task A_waiting_approval_outlives_a_restart()
    {
        await AskAsync();
        await Scenario.RestartAsync();
        await Scenario.AdvanceToAsync(Thursday9);
        await Scenario.RestartAsync();

        Assert.Single(await Scenario.MailsAsync<ApprovalReminder>());
        await ApproveAsync(await LastTokenAsync());
        Assert.Equal(ApprovalVerdict.Approved, (await OutcomeAsync()).Verdict);
    }

    [Fact]
    public async Task A_decision_whose_wake_up_was_lost_is_found_at_the_next_reminder()
    {
        await AskAsync();
        var token = await LastTokenAsync();
        var dying = new RaisingClient(() => throw new InvalidOperationException("The process died here."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new ApprovalService(
            Scenario.Tables, dying, Scenario.Get<PolicyStore>(), Scenario.Get<LinkKeyRing>(),
            Scenario.Get<IDealOwners>(), Scenario.Clock)
            .DecideAsync(token, ApprovalDecision.Approve, null, Visitor, Scenario.Bound));

        await Scenario.AdvanceToAsync(Thursday9);

        Assert.Equal(ApprovalVerdict.Approved, (await OutcomeAsync()).Verdict);
        Assert.Empty(await Scenario.MailsAsync<ApprovalReminder>());
    }

    [Fact]
    public async Task Pending_and_ended_ones_are_listed_with_whom_they_wait_for()
    {
        await AskAsync();
        var pending = Assert.Single((await Service.ListAsync(ended: false, 10, null, Scenario.Bound)).Items);
        Assert.Equal(("hanna", Friday9), (pending.Waits?.Value, pending.Until));

        await ApproveAsync(await LastTokenAsync());
        await OutcomeAsync();

        Assert.Empty((await Service.ListAsync(ended: false, 10, null, Scenario.Bound)).Items);
        var ended = Assert.Single((await Service.ListAsync(ended: true, 10, null, Scenario.Bound)).Items);
        Assert.Equal(ApprovalVerdict.Approved, ended.Outcome!.Verdict);
    }
}

using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Approvals;

public class ApprovalTests : IAsyncLifetime
{
    private static readonly ApprovalId Id = new("D-0000-0000-0000-A1");
    private static readonly DecisionContext Visitor = new("203.0.113.7", "Mozilla/5.0", "link");

    private Scenario _scenario = null!;

    public async Task InitializeAsync() => _scenario = await Scenario.StartAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    private ApprovalDesk Desk => _scenario.Get<ApprovalDesk>();

    [Fact]
    public async Task The_approver_of_the_lowest_level_gets_a_link_and_his_yes_ends_it()
    {
        await AskAsync(Request());

        var letter = Assert.Single(await _scenario.MailsAsync<ApprovalRequested>()).Letter;
        Assert.Equal("Hanna Lindqvist", letter.Reader);
        var result = await Desk.DecideAsync(TokenOf(letter), ApprovalDecision.Approve, "Good customer.", Visitor, _scenario.Bound);

        Assert.IsType<DecisionResult.Recorded>(result);
        var outcome = await OutcomeAsync();
        Assert.Equal((ApprovalVerdict.Approved, "hanna", "Good customer."), (outcome.Verdict, outcome.DecidedBy.Value, outcome.Comment));
        Assert.Equal("Mei Chen", Assert.Single(await _scenario.MailsAsync<ApprovalDecided>()).Reader);
    }

    private async Task AskAsync(ApprovalRequest request)
    {
        await Approval.ScheduleAsync(_scenario.Client, request, new ScheduleOptions(request.Id.Value), _scenario.Bound);
        await _scenario.SettleAsync();
    }

    private async Task<ApprovalOutcome> OutcomeAsync() =>
        (await _scenario.Client.WaitForCompletionAsync(Id.Value, _scenario.Bound))!.ReadOutput<ApprovalOutcome>()!;

    private static string TokenOf(ApprovalLetter letter) => letter.Link[(letter.Link.LastIndexOf('/') + 1)..];

    private static ApprovalRequest Request(string requester = "mei", string region = "asia-pacific") => new(
        Id,
        new DealId("D-0000-0000-0000"),
        ApprovalKind.Discount,
        "8% discount on D-0000-0000-0000-Q1 for Acme",
        [new ApprovalFact("Total", "USD 46,000.00"), new ApprovalFact("Margin", "14.2%")],
        new StaffId(requester),
        [new ApprovalLevel(StaffRole.Manager, 10), new ApprovalLevel(StaffRole.Director, 15)],
        region,
        "2026-11");
}

using Workflows.Approvals;

namespace Workflows.Tests.Approvals;

public class DeputyTests : ApprovalCase
{
    protected override Task<Scenario> StartAsync() => Scenario.StartAsync(policy => Away(policy, "hanna"));

    [Fact]
    public async Task A_deputy_stands_in_for_an_absent_approver_and_the_outcome_says_for_whom()
    {
        await AskAsync();

        var letter = Assert.Single(await LettersAsync());
        Assert.Equal(("Viktor Petrov", "Hanna Lindqvist"), (letter.Reader, letter.DelegateFor));
        await ApproveAsync(TokenOf(letter));
        var outcome = await OutcomeAsync();
        Assert.Equal(("viktor", "hanna"), (outcome.DecidedBy.Value, outcome.DelegateFor?.Value));
    }
}

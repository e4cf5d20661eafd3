using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>
/// Asks level by level until an approver decides: each approver gets a link and a reminder with the same link, and
/// when the time is up the next level is asked. The first decision wins; silence never approves.
/// </summary>
public sealed class Approval : Orchestration<Approval, ApprovalInput, ApprovalOutcome>
{
    /// <inheritdoc/>
    public override async Task<ApprovalOutcome> RunAsync(OrchestrationContext context, ApprovalInput input)
    {
        var opened = await OpenApproval.CallAsync(context, input);
        var asked = false;
        for (var level = 0; level < opened.Levels; level++)
        {
            var ask = await AskApprover.CallAsync(context, new AskInput(input.Id, level));
            asked |= ask.Ask is not null;
            if (ask.IsDecided || ask.Ask is { } present && await IsAnsweredAsync(context, input.Id, present))
            {
                return await CloseApproval.CallAsync(context, new CloseInput(input.Id, UndecidedEnd.Superseded));
            }
        }

        var undecided = asked ? UndecidedEnd.OutOfTime : UndecidedEnd.NobodyMay;
        return await CloseApproval.CallAsync(context, new CloseInput(input.Id, undecided));
    }

    private static async Task<bool> IsAnsweredAsync(OrchestrationContext context, ApprovalId id, ApprovalAsk ask)
    {
        context.SetCustomStatus(new { waitsFor = ask.Approver, ask.RemindAt, ask.EscalateAt });
        var answer = await ApprovalSignals.Decided.WaitAsync(context, ask.RemindAt);
        if (!answer.TimedOut)
        {
            return true;
        }

        var reminded = await RemindApprover.CallAsync(context, new RemindInput(id, ask.Number));
        return reminded.IsDecided || !(await ApprovalSignals.Decided.WaitAsync(context, ask.EscalateAt)).TimedOut;
    }
}

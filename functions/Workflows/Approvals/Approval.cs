using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>
/// Asks level by level until an approver decides: each approver gets a link and a reminder with the same link, and
/// when the time is up the next level is asked. Who loses the right meanwhile is replaced. The first decision wins;
/// silence never approves.
/// </summary>
public sealed class Approval : Orchestration<Approval, ApprovalInput, ApprovalOutcome>
{
    /// <inheritdoc/>
    public override async Task<ApprovalOutcome> RunAsync(OrchestrationContext context, ApprovalInput input)
    {
        var opened = await OpenApproval.CallAsync(context, input);
        var end = opened.Revision is null
            ? await AskLevelByLevelAsync(context, input.Id, opened.Levels)
            : await AskAsync(context, input.Id, opened.Levels);
        return await CloseApproval.CallAsync(context, new CloseInput(input.Id, end));
    }

    /// <returns>How it ends unless somebody has decided.</returns>
    private static async Task<UndecidedEnd> AskAsync(OrchestrationContext context, ApprovalId id, int levels)
    {
        var wasAsked = false;
        for (var level = 0; level < levels; level++)
        {
            var (ask, isDecided, lookAt) = await AskApprover.CallAsync(context, new AskInput(id, level));
            wasAsked |= ask is not null;
            while (ask is not null)
            {
                level = ask.Level;
                var left = await WaitAsync(context, id, ask, lookAt!.Value);
                if (left is { NobodyMay: true })
                {
                    return UndecidedEnd.NobodyMay;
                }

                (isDecided, ask, lookAt) = (left?.IsDecided != false, left?.Ask, left?.LookAt);
            }

            if (isDecided)
            {
                return UndecidedEnd.Superseded;
            }
        }

        return wasAsked ? UndecidedEnd.OutOfTime : UndecidedEnd.NobodyMay;
    }

    /// <summary>Waits for a decision, and looks whether the one who is asked has the right still.</summary>
    /// <returns>What the last look found; null when it was woken by a decision, or by what ended the request.</returns>
    private static async Task<RemindResult?> WaitAsync(
        OrchestrationContext context, ApprovalId id, ApprovalAsk ask, DateTimeOffset lookAt)
    {
        context.SetCustomStatus(new { waitsFor = ask.Approver, ask.RemindAt, ask.EscalateAt });
        var isReminded = false;
        while (true)
        {
            var until = lookAt < ask.EscalateAt ? lookAt : ask.EscalateAt;
            var woken = await ApprovalSignals.Woken.WaitAsync(context, until);
            if (woken is { TimedOut: false, Payload: not { LooksAgain: true } })
            {
                return null;
            }

            var isOver = context.UtcNow >= ask.EscalateAt;
            var remind = !isReminded && context.UtcNow >= ask.RemindAt;
            var look = await RemindApprover.CallAsync(context, new RemindInput(id, ask.Number, remind));
            if (isOver || look is { IsDecided: true } or { NobodyMay: true } or { Ask: not null })
            {
                return look;
            }

            isReminded |= remind;
            lookAt = look.LookAt!.Value;
        }
    }

    /// <summary>How approvals go on that began before the right was looked at: histories are replayed.</summary>
    private static async Task<UndecidedEnd> AskLevelByLevelAsync(
        OrchestrationContext context, ApprovalId id, int levels)
    {
        var asked = false;
        for (var level = 0; level < levels; level++)
        {
            var ask = await AskApprover.CallAsync(context, new AskInput(id, level));
            asked |= ask.Ask is not null;
            if (ask.IsDecided || ask.Ask is { } present && await IsAnsweredAsync(context, id, present))
            {
                return UndecidedEnd.Superseded;
            }
        }

        return asked ? UndecidedEnd.OutOfTime : UndecidedEnd.NobodyMay;
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

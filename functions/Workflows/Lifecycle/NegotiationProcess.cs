using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Quotations;

namespace Workflows.Lifecycle;

/// <summary>
/// Runs a negotiation: waits for signals, times and approvals, and carries out what <see cref="Negotiation"/> and
/// <see cref="NegotiationClock"/> decide. Part of the orchestrator.
/// </summary>
internal sealed class NegotiationProcess(DealProcess process)
{
    private NegotiationProgress _progress = new();
    private Task<ApprovalOutcome>? _approval;

    /// <summary>Runs until the buyer accepts or the deal has ended.</summary>
    /// <returns>Whether the buyer accepted.</returns>
    public async Task<bool> WinAsync()
    {
        process.Change(changes => changes.ShowLife());
        while (process.Deal is { HasEnded: false, Accepted: null })
        {
            _progress = _progress.WithClock(process.State.FirstResponse!);
            var (waiting, timer) = NegotiationClock.Next(process.State, _progress, process.Now);
            var signal = await process.WaitAsync(waiting, _approval);
            // What the buyer answers in the same moment is answered to what they hold, not to what goes out now.
            var comesFirst = process.State.FreezesOffers && signal is BuyerAnswered;
            if (_approval is { IsCompleted: true } decided && !comesFirst)
            {
                await TakeAsync(await decided);
            }

            if (signal is not null)
            {
                await SettleApprovalAsync(signal);
                await CarryOutAsync(Negotiation.Decide(process.State, _progress, signal, process.Now));
            }
            else if (process.Now >= waiting.Until)
            {
                await CarryOutAsync(NegotiationClock.Decide(process.State, _progress, timer, process.Now));
            }
        }

        return process.Deal.Accepted is not null;
    }

    // A signal that takes back what an approver is asked closes the request first: then no link decides it any more. A
    // decision that was faster counts, and comes before the signal, unless the buyer has answered what they hold.
    private async Task SettleApprovalAsync(DealSignal signal)
    {
        if (_progress.Pending is { } pending && Negotiation.TakesBack(signal)
            && await process.CloseApprovalAsync(pending.Approval) is { } decided && signal is not BuyerAnswered)
        {
            await TakeAsync(decided);
        }
    }

    private async Task TakeAsync(ApprovalOutcome outcome)
    {
        _approval = null;
        if (Negotiation.DatesAt(process.State, _progress, outcome) is { } dates)
        {
            var pending = _progress.Pending!;
            var dated = await PriceQuotation.CallAsync(process.Context, dates);
            var priced = outcome.Verdict == ApprovalVerdict.Approved
                ? dated
                : pending.Priced with { Clock = dated.Clock };
            _progress = _progress with { Pending = pending with { Priced = priced } };
        }

        await CarryOutAsync(Negotiation.Decide(process.State, _progress, outcome, process.Now));
    }

    private async Task CarryOutAsync(NegotiationDecision decision)
    {
        process.Apply(decision.Changes);
        _progress = decision.Progress;
        foreach (var effect in decision.Effects)
        {
            await CarryOutAsync(effect);
        }
    }

    private async Task CarryOutAsync(NegotiationEffect effect)
    {
        switch (effect)
        {
            case NegotiationEffect.Supersede { Approval: var approval }:
                process.Supersede(approval);
                _approval = null;
                break;
            case NegotiationEffect.AskForApproval { Request: var request }:
                _approval = process.StartApproval(request);
                break;
            case NegotiationEffect.Price { Input: var draft }:
                var priced = await PriceQuotation.CallAsync(process.Context, draft);
                await CarryOutAsync(Negotiation.Decide(process.State, _progress, priced, process.Now));
                break;
            case NegotiationEffect.AssignAnother { Late: var late, Except: var except }:
                var assignment = await Intake.AskForOwnerAsync(process, except, process.Now);
                process.Apply(NegotiationClock.Decide(process.State, late, assignment, process.Now));
                break;
        }
    }
}

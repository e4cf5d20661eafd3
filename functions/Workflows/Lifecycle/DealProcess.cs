using Workflows.Approvals;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// How the wait for an approval ended: with its outcome, or because the deal was given up meanwhile, or both.
/// </summary>
internal sealed record AwaitedApproval(ApprovalOutcome? Outcome, GivenUp? GivenUp);

/// <summary>
/// A running deal: its state, what changed since it was last published, and the one open wait for signals. Part of the
/// orchestrator: it lives and is replayed with it.
/// </summary>
internal sealed class DealProcess(OrchestrationContext context, DealState state) : IDisposable
{
    private readonly List<TimelineEntry> _entries = [];
    private readonly List<Fact> _facts = [];
    private readonly List<InquiryNotice> _notices = [];
    private readonly List<QuotationNotice> _offers = [];
    private int _entryCount;
    private Stage? _publishedStage;
    private Task<DealSignal>? _nextSignal;
    private CancellationTokenSource? _listening;
    private bool _changedHands;

    public OrchestrationContext Context { get; } = context;

    public DealState State { get; private set; } = state;

    public Deal Deal => State.Deal;

    public DateTimeOffset Now => Context.UtcNow;

    /// <summary>Takes over what a decision made of the deal. It is published with the next wait.</summary>
    public void Apply(DealChanges changes)
    {
        State = changes.State;
        _entries.AddRange(changes.Entries.Select(entry => new TimelineEntry(
            ++_entryCount, entry.Who, Now, entry.Stage, entry.What, Deal.PolicyVersion)));
        _facts.AddRange(changes.Facts);
        _notices.AddRange(changes.Notices);
        _offers.AddRange(changes.Offers);
    }

    /// <summary>Changes the deal where there is nothing to decide.</summary>
    public void Change(Action<DealChanges> change)
    {
        var changes = new DealChanges(State, Now);
        change(changes);
        Apply(changes);
    }

    /// <summary>Publishes what has happened: mails go out, the deal and its timeline are written.</summary>
    /// <param name="waiting">What the deal waits for now; null when it has ended.</param>
    public async Task PublishAsync(Waiting? waiting)
    {
        State = State with { Deal = Deal with { Waiting = waiting, UpdatedAt = Now } };
        var update = new DealUpdate(Deal, _publishedStage, [.. _entries], [.. _facts], [.. _notices], [.. _offers]);
        _entries.Clear();
        _facts.Clear();
        _notices.Clear();
        _offers.Clear();
        _publishedStage = Deal.Stage;
        await PublishDeal.CallAsync(Context, update);
    }

    /// <summary>
    /// Publishes what the deal waits for and waits: for a signal that can be taken now, for the time to be up, or for
    /// one of the other tasks. Signals that fit every stage are taken here.
    /// </summary>
    /// <returns>The signal for the caller to take; null when something else ended the wait.</returns>
    public async Task<DealSignal?> WaitAsync(Waiting waiting, params IEnumerable<Task?> others)
    {
        await PublishAsync(waiting);
        LookAtTheApproverAgain();
        if (await ListenAsync(waiting.Until, [.. others.OfType<Task>()]) is not { } signal)
        {
            return null;
        }

        Remember(signal);
        if (DealRules.Refusal(Deal, signal, Now) is { } refusal)
        {
            Refuse(signal, refusal);
            return null;
        }

        return await StageIndependentSignals.TakeAsync(this, signal) ? null : signal;
    }

    /// <summary>Asks people for a decision and waits for it, taking signals meanwhile.</summary>
    public async Task<AwaitedApproval> AskForApprovalAsync(ApprovalInput request, Waiting waiting)
    {
        Change(changes => changes.Deal = Deal with { Approvals = [.. Deal.Approvals, request.Id] });
        var decision = StartApproval(request);
        while (!decision.IsCompleted)
        {
            if (await WaitAsync(waiting, decision) is GivenUp signal)
            {
                var decided = await CloseApprovalAsync(request.Id);
                Supersede(request.Id);
                return new AwaitedApproval(decided, signal);
            }
        }

        return new AwaitedApproval(await decision, GivenUp: null);
    }

    /// <summary>Starts an approval, whose instance is its id.</summary>
    public Task<ApprovalOutcome> StartApproval(ApprovalInput request) =>
        Approval.CallAsync(Context, request, new SubOrchestrationCallOptions(request.Id.Value));

    /// <summary>
    /// Closes an approval whose request no longer stands, so that no link decides it any more. Deals of the first
    /// revision leave that to the approval itself.
    /// </summary>
    /// <returns>What an approver decided before; null when nobody had.</returns>
    public async Task<ApprovalOutcome?> CloseApprovalAsync(ApprovalId approval)
    {
        if (State.Terms.Revision is null)
        {
            return null;
        }

        var outcome = await CloseApproval.CallAsync(Context, new CloseInput(approval, UndecidedEnd.Superseded));
        return outcome.Verdict == ApprovalVerdict.Superseded ? null : outcome;
    }

    /// <summary>Signals a running approval that what it asks no longer stands.</summary>
    public void Supersede(ApprovalId approval) =>
        ApprovalSignals.Superseded.Send(Context, approval.Value, Nothing.Value);

    /// <summary>
    /// The deal has another owner, who must not decide what is asked for it: once that is published, the approval looks
    /// again at the one who is asked.
    /// </summary>
    public void ChangeHands() => _changedHands = State.Terms.Revision >= DealTerms.FreezesOffers;

    /// <summary>Closes the open wait, so that nothing stays open when the orchestrator returns.</summary>
    public void Dispose()
    {
        StopListening();
        _listening?.Dispose();
    }

    private void Remember(DealSignal signal) => Change(changes => changes.Deal = Deal.WithTaken(signal.Id));

    private void Refuse(DealSignal signal, DealRefusal refusal) => Change(changes =>
    {
        changes.Note(signal.By, SignalRefused.Of(signal, refusal));
        changes.Deal = Deal.WithRefused(signal.Id, refusal);
    });

    private async Task<DealSignal?> ListenAsync(DateTimeOffset? until, List<Task> others)
    {
        if (_nextSignal is null)
        {
            _listening?.Dispose();
            _listening = new CancellationTokenSource();
            _nextSignal = DealSignal.Event.WaitAsync(Context, _listening.Token);
        }

        others.Add(_nextSignal);
        using var timerOff = new CancellationTokenSource();
        if (until is { } time)
        {
            others.Add(Context.CreateTimerAsync(time, timerOff.Token));
        }

        await Task.WhenAny(others);
        // Not CancelAsync: that would leave the orchestrator's thread.
        timerOff.Cancel();
        if (_nextSignal is { IsCompleted: true } arrived)
        {
            _nextSignal = null;
            return await arrived;
        }

        if (State.Terms.Revision >= DealTerms.ListensWhileWaiting)
        {
            // A signal that comes while something is done stays with the instance, which hands over what is left.
            StopListening();
        }

        return null;
    }

    private void LookAtTheApproverAgain()
    {
        if (_changedHands && Deal is { Waiting.For: WaitingFor.DiscountApproval or WaitingFor.CreditApproval })
        {
            ApprovalSignals.Woken.Send(Context, Deal.Approvals[^1].Value, new ApprovalWake(LooksAgain: true));
        }

        _changedHands = false;
    }

    private void StopListening()
    {
        _listening?.Cancel();
        _nextSignal = null;
    }
}

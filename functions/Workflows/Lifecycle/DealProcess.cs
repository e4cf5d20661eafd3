using Workflows.Approvals;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// A deal while its process is told: its state, what happened since it was last published, and the one open wait for
/// signals. Part of the orchestrator: it lives and is replayed with it.
/// </summary>
internal sealed class DealProcess(OrchestrationContext context, Deal deal, string firstMessageId) : IDisposable
{
    private const int SignalsRemembered = 20;

    private readonly List<TimelineEntry> _entries = [];
    private readonly List<Fact> _facts = [];
    private readonly List<InquiryNotice> _notices = [];
    private readonly List<QuotationNotice> _offers = [];
    private int _entryCount;
    private Stage? _publishedStage;
    private Task<DealSignal>? _nextSignal;
    private CancellationTokenSource? _listening;

    public OrchestrationContext Context { get; } = context;

    public Deal Deal { get; set; } = deal;

    /// <summary>The message that opened the deal: when its sender repeats it, that is not news.</summary>
    public string FirstMessageId { get; } = firstMessageId;

    public DealTerms Terms { get; set; } = new("", 0, 0);

    public DateTimeOffset Now => Context.UtcNow;

    /// <summary>The running first-response clock; a new owner has a new one.</summary>
    public FirstResponsePlan? FirstResponse { get; set; }

    /// <summary>When buyer or sales last did something.</summary>
    public DateTimeOffset LastSign { get; private set; } = context.UtcNow;

    /// <summary>Somebody did something: the silence begins anew.</summary>
    public void ShowLife() => LastSign = Now;

    /// <summary>Adds a row to the timeline.</summary>
    public void Note(StaffId who, string what, string? why = null) =>
        _entries.Add(new TimelineEntry(++_entryCount, who, Now, Deal.Stage, what, why, Deal.PolicyVersion));

    /// <summary>Changes the stage, and says so in the timeline.</summary>
    public void MoveTo(Stage stage, StaffId who, string what, string? why = null)
    {
        // Whatever was held back when it ended is nobody's concern any more.
        Deal = Deal with { Stage = stage, Holds = stage >= Stage.Closed ? [] : Deal.Holds };
        Note(who, what, why);
    }

    /// <summary>Ends the deal.</summary>
    public void End(Stage end, StaffId who, string what, string? why)
    {
        Deal = Deal with { EndReason = why };
        MoveTo(end, who, what, why);
    }

    /// <summary>Counts something. One fact of a kind a deal, unless the key says which.</summary>
    public void Count(
        FactKind kind, Money? amount = null, decimal? percent = null, string? note = null, string key = "") =>
        _facts.Add(new Fact(
            key.Length == 0 ? $"{Deal.Id}|{kind}" : $"{Deal.Id}|{kind}|{key}",
            kind,
            Now,
            Deal.Id,
            Deal.Owner,
            Deal.Qualification?.Region ?? "",
            Deal.Qualification?.Customer,
            amount,
            BaseAmount: null,
            percent,
            note));

    /// <summary>Has the staff told of the inquiry when the deal is published next, to whom the kind says.</summary>
    public void Tell(InquiryNoticeKind kind, DateTimeOffset? dueAt = null) =>
        _notices.Add(new InquiryNotice(kind, Deal.Owner, Deal.Manager, dueAt));

    /// <summary>Has somebody told of the present offer when the deal is published next.</summary>
    public void Tell(QuotationNoticeKind kind, string? reason = null)
    {
        var quotation = Deal.Quotation!;
        _offers.Add(new QuotationNotice(quotation, Deal.Owner ?? quotation.OfferedBy, kind, reason));
    }

    /// <summary>Lets everybody know what has happened.</summary>
    public async Task PublishAsync(Waiting? waiting)
    {
        Deal = Deal with { Waiting = waiting, UpdatedAt = Now };
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
    /// one of the other tasks. What anybody may do at any time is done here.
    /// </summary>
    /// <returns>The signal for the caller to take; null when something else ended the wait.</returns>
    public async Task<DealSignal?> WaitAsync(Waiting waiting, params IEnumerable<Task?> others)
    {
        await PublishAsync(waiting);
        await ListenAsync(waiting.Until, [.. others.OfType<Task>()]);
        if (_nextSignal is not { IsCompleted: true } arrived)
        {
            return null;
        }

        _nextSignal = null;
        var signal = await arrived;
        Deal = Deal with { SignalsTaken = [.. Deal.SignalsTaken.TakeLast(SignalsRemembered - 1), signal.Id] };
        if (DealRules.Refusal(Deal, signal, Now) is { } reason)
        {
            Note(signal.By, "Refused: " + DealTexts.Name(signal), reason);
            Deal = Deal with
            {
                SignalsRefused = [.. Deal.SignalsRefused.TakeLast(SignalsRemembered - 1), new(signal.Id, reason)],
            };
            return null;
        }

        return await StageIndependentSignals.TakeAsync(this, signal) ? null : signal;
    }

    /// <summary>
    /// Asks for a decision and waits for it, with an open ear for signals.
    /// </summary>
    /// <returns>
    /// The outcome; null when the deal was given up meanwhile, and then <paramref name="givenUp"/> has been told.
    /// </returns>
    public async Task<ApprovalOutcome?> DecideAsync(ApprovalInput request, Waiting waiting, Action<GivenUp> givenUp)
    {
        Deal = Deal with { Approvals = [.. Deal.Approvals, request.Id] };
        var decision = Approval.CallAsync(Context, request, new SubOrchestrationCallOptions(request.Id.Value));
        while (!decision.IsCompleted)
        {
            if (await WaitAsync(waiting, decision) is GivenUp signal)
            {
                Supersede(request.Id);
                givenUp(signal);
                return null;
            }
        }

        return await decision;
    }

    /// <summary>Tells a running approval that what it asks no longer stands.</summary>
    public void Supersede(ApprovalId approval) =>
        ApprovalSignals.Superseded.Send(Context, approval.Value, Nothing.Value);

    /// <summary>The id of the next approval.</summary>
    public ApprovalId NextApprovalId() => new($"{Deal.Id}-A{Deal.Approvals.Count + 1}");

    /// <summary>Closes the open wait, so that nothing stays open when the orchestrator returns.</summary>
    public void Dispose()
    {
        _listening?.Cancel();
        _listening?.Dispose();
    }

    private async Task ListenAsync(DateTimeOffset? until, List<Task> others)
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
    }
}

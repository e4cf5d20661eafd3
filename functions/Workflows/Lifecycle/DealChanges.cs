using System.Globalization;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>A deal as its orchestration knows it: what is published, and what only decisions need.</summary>
/// <param name="FirstMessageId">The message that opened the deal: when its sender repeats it, that is not news.</param>
/// <param name="LastSign">When buyer or sales last did something, UTC.</param>
/// <param name="FirstResponse">The running first-response clock, a new one for each owner; null without owner.</param>
internal sealed record DealState(
    Deal Deal, string FirstMessageId, DealTerms Terms, DateTimeOffset LastSign, FirstResponsePlan? FirstResponse)
{
    /// <summary>Since when the first-response clock has stood, UTC; null while it runs.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>How long it has stood before.</summary>
    public TimeSpan Paused { get; init; }

    /// <summary>Whether the deal goes by <see cref="DealTerms.FreezesOffers"/>.</summary>
    public bool FreezesOffers => Terms.Revision >= DealTerms.FreezesOffers;

    /// <summary>The same with a first-response clock that begins now; it stands if the one before did.</summary>
    public DealState WithClock(FirstResponsePlan clock, DateTimeOffset now) => this with
    {
        FirstResponse = clock,
        PausedSince = PausedSince is null ? null : now,
        Paused = PausedBy(now),
    };

    /// <summary>How long it has stood in all.</summary>
    public TimeSpan PausedBy(DateTimeOffset now) => PausedSince is { } since ? Paused + (now - since) : Paused;
}

/// <summary>An event of a deal, and the stage that it left the deal in.</summary>
internal sealed record DealEntry(StaffId Who, Stage Stage, DealEvent What);

/// <summary>
/// What a decision makes of a deal: the state after it, and in order what happened, what counts, and who is to be
/// notified. A decision fills it and gives it back; nothing of it has an effect before the orchestration applies it.
/// </summary>
internal sealed class DealChanges(DealState before, DateTimeOffset now)
{
    private readonly List<DealEntry> _entries = [];
    private readonly List<Fact> _facts = [];
    private readonly List<InquiryNotice> _notices = [];
    private readonly List<QuotationNotice> _offers = [];

    /// <summary>The state so far.</summary>
    public DealState State { get; set; } = before;

    /// <summary>The deal so far.</summary>
    public Deal Deal
    {
        get => State.Deal;
        set => State = State with { Deal = value };
    }

    public DateTimeOffset Now => now;

    public IReadOnlyList<DealEntry> Entries => _entries;

    public IReadOnlyList<Fact> Facts => _facts;

    public IReadOnlyList<InquiryNotice> Notices => _notices;

    public IReadOnlyList<QuotationNotice> Offers => _offers;

    /// <summary>Buyer or sales did something: the silence is counted from now.</summary>
    public void ShowLife() => State = State with { LastSign = now };

    /// <summary>Adds a row to the timeline.</summary>
    public void Note(StaffId who, DealEvent what) => _entries.Add(new DealEntry(who, Deal.Stage, what));

    /// <summary>Changes the stage, and notes what changed it.</summary>
    public void MoveTo(Stage stage, StaffId who, DealEvent what)
    {
        // A deal that has ended holds nothing back.
        Deal = Deal with { Stage = stage, Holds = stage >= Stage.Closed ? [] : Deal.Holds };
        Note(who, what);
    }

    /// <summary>Ends the deal.</summary>
    public void End(Stage end, StaffId who, DealEvent what)
    {
        Deal = Deal with { End = what };
        MoveTo(end, who, what);
    }

    /// <summary>Ends a deal that has no order, and counts it.</summary>
    public void Lose(StaffId who, DealEvent what)
    {
        Count(FactKind.DealLost);
        End(Stage.Lost, who, what);
    }

    /// <summary>Rejects an inquiry that a person calls spam: it leaves the numbers and is no loss.</summary>
    public void Discard(Discarded discarded)
    {
        CountAtThisMoment(FactKind.InquiryDiscarded);
        End(Stage.Rejected, discarded.By, new InquiryRejected(discarded.Reason));
    }

    /// <summary>Counts a fact of which a deal has one.</summary>
    public void Count(FactKind kind) => Count(kind, "", amount: null, percent: null);

    /// <summary>Counts a fact that may happen to a deal again.</summary>
    public void CountAtThisMoment(FactKind kind) =>
        Count(kind, now.UtcTicks.ToString(CultureInfo.InvariantCulture), amount: null, percent: null);

    /// <summary>Counts a message or an answer. Deals of earlier revisions count the first answer alone.</summary>
    public void CountMessage(FactKind kind)
    {
        if (State.Terms.Revision >= DealTerms.CanBeReinstated)
        {
            CountAtThisMoment(kind);
        }
    }

    /// <summary>Counts a fact with its figures.</summary>
    /// <param name="key">Tells facts of one kind apart; empty when a deal has one of them.</param>
    public void Count(FactKind kind, string key, Money? amount, decimal? percent) =>
        _facts.Add(new Fact(
            key.Length == 0 ? $"{Deal.Id}|{kind}" : $"{Deal.Id}|{kind}|{key}",
            kind,
            now,
            Deal.Id,
            Deal.Owner,
            Deal.Qualification?.Region ?? "",
            Deal.Qualification?.Customer,
            amount,
            BaseAmount: null,
            percent,
            Note: null));

    /// <summary>Stops the first-response clock, once.</summary>
    public void CountFirstResponse()
    {
        if (Deal.FirstHumanReplyAt is null)
        {
            var paused = State.PausedBy(now);
            Deal = Deal with { FirstHumanReplyAt = now };
            Count(FactKind.FirstResponse);
            _facts[^1] = _facts[^1] with { Paused = paused > TimeSpan.Zero ? paused : null };
        }
    }

    /// <summary>Notifies the staff of the inquiry; the kind says whom.</summary>
    /// <param name="dueAt">When the first response is due, UTC; null when the notice names no time.</param>
    public void Notify(InquiryNoticeKind kind, DateTimeOffset? dueAt) =>
        _notices.Add(new InquiryNotice(kind, Deal.Owner, Deal.Manager, dueAt));

    /// <summary>The buyer holds the present offer no more: a newer version that waits takes its place.</summary>
    public void EndOffer(QuotationStatus status) => Deal = Deal.Unsent is { } unsent
        ? Deal with { Quotation = unsent.Quotation, QuotationStatus = unsent.Status, Unsent = null }
        : Deal with { QuotationStatus = status };

    /// <summary>Notifies buyer or owner of an offer; the kind says whom.</summary>
    /// <param name="reason">Why it was refused; null for other kinds, and when no reason was given.</param>
    public void Notify(QuotationNoticeKind kind, Quotation quotation, string? reason) =>
        _offers.Add(new QuotationNotice(quotation, Deal.Owner ?? quotation.OfferedBy, kind, reason));
}

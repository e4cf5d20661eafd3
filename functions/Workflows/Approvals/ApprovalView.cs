using Workflows.Approvals.Kinds;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>What has become of a link.</summary>
public enum ApprovalLinkState
{
    /// <summary>It shows a request and takes a decision.</summary>
    Open,

    /// <summary>It, or the request, is past its time. 410.</summary>
    Expired,

    /// <summary>It decided; its outcome may be shown again.</summary>
    Used,

    /// <summary>Another link or another version of the request took its place. 409.</summary>
    Superseded,

    /// <summary>No such link. 404.</summary>
    Unknown,

    /// <summary>The person it was sent to has not the right to decide any more. 403.</summary>
    RightLost,
}

/// <summary>What the page of a link may show.</summary>
/// <param name="Open">The request; only when it is open.</param>
/// <param name="Outcome">What this link decided; only when it was used.</param>
public sealed record ApprovalView(ApprovalLinkState State, OpenRequest? Open, RecordedDecision? Outcome)
{
    internal static ApprovalView Without(ApprovalLinkState state) => new(state, null, null);
}

/// <summary>A request as its approver sees it. Times are UTC; texts for people are in the company's zone.</summary>
/// <param name="Approver">The name of the one the link was sent to.</param>
/// <param name="DelegateFor">Whose deputy they are; null if asked for themselves.</param>
/// <param name="DecideBy">When the next level is asked, or the request expires.</param>
/// <param name="LinkExpiresAt">From when the link no longer decides.</param>
public sealed record OpenRequest(
    ApprovalId Id,
    DealId Deal,
    ApprovalKind Kind,
    string Subject,
    IReadOnlyList<ApprovalFact> Facts,
    string Requester,
    string Approver,
    string? DelegateFor,
    StaffRole Role,
    DateTimeOffset RequestedAt,
    DateTimeOffset DecideBy,
    string DecideByText,
    DateTimeOffset LinkExpiresAt,
    string LinkExpiresText);

/// <summary>A decision as the one who made it may see it again.</summary>
/// <param name="DecidedBy">Their name.</param>
/// <param name="DecidedAt">UTC.</param>
/// <param name="DecidedAtText">In the company's zone.</param>
public sealed record RecordedDecision(
    ApprovalId Id,
    DealId Deal,
    string Subject,
    ApprovalVerdict Verdict,
    string DecidedBy,
    string? DelegateFor,
    string? Comment,
    DateTimeOffset DecidedAt,
    string DecidedAtText);

/// <summary>What an approver can say.</summary>
public enum ApprovalDecision
{
    /// <summary>Yes.</summary>
    Approve,

    /// <summary>No; wants a reason.</summary>
    Reject,
}

/// <summary>Where a visit to a link comes from.</summary>
/// <param name="How">The channel, such as <c>link</c>.</param>
public sealed record DecisionContext(string? Ip, string? UserAgent, string How);

/// <summary>What came of a decision.</summary>
public abstract record DecisionResult
{
    private DecisionResult()
    {
    }

    /// <summary>It counts.</summary>
    public sealed record Recorded(RecordedDecision Decision) : DecisionResult;

    /// <summary>This link has decided the same before; nothing changed.</summary>
    public sealed record AlreadySame(RecordedDecision Decision) : DecisionResult;

    /// <summary>This link has decided the opposite before; that stands.</summary>
    public sealed record AlreadyOther(RecordedDecision Decision) : DecisionResult;

    /// <summary>The time is up.</summary>
    public sealed record Expired : DecisionResult;

    /// <summary>Another link or another version of the request took its place.</summary>
    public sealed record Superseded : DecisionResult;

    /// <summary>The person whom the link was sent to has not the right to decide any more.</summary>
    public sealed record RightLost : DecisionResult;

    /// <summary>No such link.</summary>
    public sealed record Unknown : DecisionResult;

    /// <summary>It cannot be taken like this.</summary>
    /// <param name="Reason">For the person who sent it.</param>
    public sealed record Invalid(string Reason) : DecisionResult;
}

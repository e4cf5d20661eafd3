using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>What a decision is asked for; input of the approval orchestration.</summary>
/// <param name="Id">Also its instance id, unique per deal and request.</param>
/// <param name="Subject">One line: what is asked.</param>
/// <param name="Facts">What the approver must see to decide, in order.</param>
/// <param name="Requester">Never decides.</param>
/// <param name="Levels">Who may decide, lowest first; escalation walks up.</param>
/// <param name="Region">Region of the deal, for choosing among people of a level.</param>
public sealed record ApprovalRequest(
    ApprovalId Id,
    DealId Deal,
    ApprovalKind Kind,
    string Subject,
    IReadOnlyList<ApprovalFact> Facts,
    StaffId Requester,
    IReadOnlyList<ApprovalLevel> Levels,
    string Region,
    string PolicyVersion);

/// <summary>One line of what the approver sees.</summary>
public sealed record ApprovalFact(string Name, string Value);

/// <summary>What approvals are for.</summary>
public enum ApprovalKind
{
    /// <summary>A discount.</summary>
    Discount,

    /// <summary>Credit beyond the limit.</summary>
    Credit,

    /// <summary>Giving up a receivable.</summary>
    WriteOff,
}

/// <summary>How an approval ended.</summary>
/// <param name="DecidedBy">Who; the system for an expiry.</param>
/// <param name="DelegateFor">Whose deputy they were; null if for themselves.</param>
public sealed record ApprovalOutcome(
    ApprovalVerdict Verdict, StaffId DecidedBy, StaffId? DelegateFor, string? Comment, DateTimeOffset DecidedAt);

/// <summary>How an approval can end. Silence never approves.</summary>
public enum ApprovalVerdict
{
    /// <summary>Yes.</summary>
    Approved,

    /// <summary>No.</summary>
    Rejected,

    /// <summary>Nobody decided in time, at any level.</summary>
    Expired,

    /// <summary>What was asked no longer stands.</summary>
    Superseded,
}

using Workflows.Approvals.Kinds;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>Input of the approval orchestration: what is asked, in values.</summary>
/// <param name="Id">Also its instance id, unique per deal and request.</param>
/// <param name="Requester">Never decides.</param>
/// <param name="Region">Region of the deal, for choosing among people of a level.</param>
/// <param name="PolicyVersion">What the deal was decided under; null is the policy of the day it is asked.</param>
public sealed record ApprovalInput(
    ApprovalId Id, DealId Deal, ApprovalSubject Subject, StaffId Requester, string Region, string? PolicyVersion);

/// <summary>What is asked, as it is kept and shown. Words and levels stay as they were when it was opened.</summary>
/// <param name="Id">Also the instance id of its orchestration.</param>
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
    string PolicyVersion)
{
    /// <summary>Works out what approvers see and who they are.</summary>
    internal static ApprovalRequest Of(ApprovalInput input, Policy policy, DateTimeOffset now)
    {
        var subject = input.Subject;
        return new ApprovalRequest(
            input.Id,
            input.Deal,
            subject.Kind,
            subject.Heading(),
            subject.Facts(new SubjectContext(policy, input.Requester, policy.Company.DayOf(now))),
            input.Requester,
            subject.LevelsBy(policy),
            input.Region,
            input.PolicyVersion ?? policy.Version);
    }
}

/// <summary>One line of what the approver sees.</summary>
public sealed record ApprovalFact(string Name, string Value);

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

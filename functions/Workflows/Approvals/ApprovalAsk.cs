using Workflows.Approvals.Kinds;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>Who is asked at present, and until when. Times are UTC.</summary>
/// <param name="Number">From 1, rising with each ask of an approval; part of the link's token.</param>
/// <param name="Level">Index into the request's levels.</param>
/// <param name="DelegateFor">Whose deputy the approver is; null if asked for themselves.</param>
/// <param name="EscalateAt">When the next level is asked, or the approval expires.</param>
/// <param name="LinkExpiresAt">From when the link no longer decides.</param>
/// <param name="KeyId">Which key made the link.</param>
/// <param name="Before">Who was asked before and did not decide; null at the first ask.</param>
public sealed record ApprovalAsk(
    int Number,
    int Level,
    StaffRole Role,
    StaffId Approver,
    StaffId? DelegateFor,
    DateTimeOffset AskedAt,
    DateTimeOffset RemindAt,
    DateTimeOffset EscalateAt,
    DateTimeOffset LinkExpiresAt,
    string KeyId,
    StaffId? Before)
{
    /// <summary>Who was asked before and let their time pass; null in rows of before it was kept.</summary>
    public IReadOnlyList<StaffId>? Silent { get; init; }

    /// <summary>Who was asked before and let their time pass.</summary>
    internal IReadOnlyList<StaffId> Unanswered => Silent ?? (Before is { } before ? [before] : []);
}

/// <summary>What a link is for, found by its token's hash.</summary>
/// <param name="Ask">Number of the ask it belongs to.</param>
internal sealed record ApprovalLink(
    ApprovalId Approval, int Ask, StaffId Approver, StaffId? DelegateFor, DateTimeOffset ExpiresAt, string KeyId);

/// <summary>An approval in a list.</summary>
/// <param name="Waits">Whom it waits for; null once ended, and when nobody may decide.</param>
/// <param name="Until">When that ends, UTC.</param>
/// <param name="Outcome">Null while pending.</param>
public sealed record ApprovalSummary(
    ApprovalId Id,
    DealId Deal,
    ApprovalKind Kind,
    string Subject,
    StaffId Requester,
    string Region,
    DateTimeOffset RequestedAt,
    StaffId? Waits,
    DateTimeOffset? Until,
    ApprovalOutcome? Outcome);

/// <summary>All there is about an approval.</summary>
/// <param name="Ask">Who is, or was last, asked; null when nobody was.</param>
/// <param name="Audit">Oldest first.</param>
/// <param name="NextRole">Whom it goes to when the one who is asked stays silent; null when it expires then.</param>
public sealed record ApprovalFile(
    ApprovalRequest Request,
    DateTimeOffset RequestedAt,
    ApprovalAsk? Ask,
    ApprovalOutcome? Outcome,
    IReadOnlyList<AuditEntry> Audit,
    StaffRole? NextRole);

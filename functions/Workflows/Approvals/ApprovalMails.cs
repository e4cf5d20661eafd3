using Workflows.Approvals.Kinds;
using Workflows.Mails;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>What every mail with an approval link shows.</summary>
/// <param name="Reader">The approver's name.</param>
/// <param name="DelegateFor">Whose deputy they are; null if asked for themselves.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="Link">
/// The page that shows the request and takes the decision; the mail's placeholder stands in it for the secret.
/// </param>
/// <param name="DecideByText">When the next level is asked, in the company's zone.</param>
/// <param name="NextText">What happens then.</param>
/// <param name="LinkExpiresText">From when the link no longer decides, in the company's zone.</param>
public sealed record ApprovalLetter(
    ApprovalId Id,
    DealId Deal,
    ApprovalKind ApprovalKind,
    string Subject,
    IReadOnlyList<ApprovalFact> Facts,
    string Reader,
    string? DelegateFor,
    string Requester,
    string Link,
    DateTimeOffset DecideBy,
    string DecideByText,
    string NextText,
    string LinkExpiresText);

/// <summary>To an approver: please decide.</summary>
public sealed record ApprovalRequested(ApprovalLetter Letter) : IMail
{
    /// <inheritdoc/>
    public string Kind => "approval-requested";

    /// <inheritdoc/>
    public string Subject => $"Please decide: {Letter.Subject}";
}

/// <summary>To the same approver: please decide, again with the same link.</summary>
public sealed record ApprovalReminder(ApprovalLetter Letter) : IMail
{
    /// <inheritdoc/>
    public string Kind => "approval-reminder";

    /// <inheritdoc/>
    public string Subject => $"Still waiting for your decision: {Letter.Subject}";
}

/// <summary>To the next level: it was not decided below.</summary>
/// <param name="AskedBefore">Who was asked and did not decide.</param>
public sealed record ApprovalEscalated(ApprovalLetter Letter, string AskedBefore) : IMail
{
    /// <inheritdoc/>
    public string Kind => "approval-escalated";

    /// <inheritdoc/>
    public string Subject => $"Escalated to you, please decide: {Letter.Subject}";
}

/// <summary>To the requester: how it ended.</summary>
/// <param name="Reader">The requester's name.</param>
/// <param name="DecidedBy">Null for an expiry.</param>
/// <param name="DelegateFor">Whose deputy they were; null if for themselves.</param>
public sealed record ApprovalDecided(
    ApprovalId Id,
    DealId Deal,
    ApprovalKind ApprovalKind,
    string RequestSubject,
    string Reader,
    ApprovalVerdict Verdict,
    string? DecidedBy,
    string? DelegateFor,
    string? Comment,
    DateTimeOffset DecidedAt,
    string DecidedAtText,
    string DealLink) : IMail
{
    /// <inheritdoc/>
    public string Kind => "approval-decided";

    /// <inheritdoc/>
    public string Subject => Verdict switch
    {
        ApprovalVerdict.Approved => $"Approved: {RequestSubject}",
        ApprovalVerdict.Rejected => $"Rejected: {RequestSubject}",
        ApprovalVerdict.Expired => $"Nobody decided: {RequestSubject}",
        _ => $"No longer needed: {RequestSubject}",
    };
}

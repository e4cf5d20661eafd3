using Workflows.Approvals;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Approvals;

/// <summary>A decision by link. A program sends it as JSON, a person with the page's form.</summary>
/// <param name="Decision">Approve or Reject.</param>
/// <param name="Comment">For the requester; Reject must give one.</param>
internal sealed record DecisionRequest(ApprovalDecision Decision, [Paragraph(2000)] string? Comment = null)
{
    public Task<DecisionResult> DecideAsync(
        ApprovalService approvals, string token, DecisionContext visitor, CancellationToken cancellation) =>
        approvals.DecideAsync(
            token, Decision, Comment is { } text && VisibleText.IsIn(text) ? text : null, visitor, cancellation);
}

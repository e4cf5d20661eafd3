using Workflows.Calendars;
using Workflows.Policies;

namespace Workflows.Approvals;

/// <summary>What of an approval a link's page shows.</summary>
internal static class ApprovalLinkViews
{
    /// <summary>An open request, as its approver sees it.</summary>
    public static OpenRequest Show(this ApprovalState state, Policy policy)
    {
        var (request, ask) = (state.Request, state.Ask!);
        var zone = policy.Company.Zone();
        return new OpenRequest(
            request.Id,
            request.Deal,
            request.Kind,
            request.Subject,
            request.Facts,
            policy.NameOf(request.Requester),
            policy.NameOf(ask.Approver),
            ask.DelegateFor is { } absent ? policy.NameOf(absent) : null,
            ask.Role,
            state.RequestedAt,
            ask.EscalateAt,
            LocalTime.Text(ask.EscalateAt, zone),
            ask.LinkExpiresAt,
            LocalTime.Text(ask.LinkExpiresAt, zone));
    }

    /// <summary>A decision, as the one who made it sees it again.</summary>
    public static RecordedDecision Recorded(this ApprovalState state, ApprovalOutcome outcome, Policy policy) => new(
        state.Request.Id,
        state.Request.Deal,
        state.Request.Subject,
        outcome.Verdict,
        policy.NameOf(outcome.DecidedBy),
        outcome.DelegateFor is { } absent ? policy.NameOf(absent) : null,
        outcome.Comment,
        outcome.DecidedAt,
        LocalTime.Text(outcome.DecidedAt, policy.Company.Zone()));
}

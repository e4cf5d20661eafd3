using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>
/// Where links are opened and decisions are taken. Opening changes nothing, not even the trail: mail scanners open
/// links as often as they like. A decision is one conditional write: the outcome's row must not exist and the link's
/// ask must still be the present one. Then the waiting approval is woken; should that be cut off, the same decision
/// sent again, or the next reminder, wakes it.
/// </summary>
public sealed class ApprovalService(
    ITableStore tables, IOrchestrationClient client, PolicyStore policies, LinkKeyRing keys, IDealOwners owners,
    TimeProvider clock)
{
    private const int LongestComment = 2000;
    private const int LongestUserAgent = 300;
    private const int MostAttempts = 6;

    /// <summary>What the page of a link shows.</summary>
    public async Task<ApprovalView> OpenAsync(string token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not var (hash, link, state))
        {
            return ApprovalView.Without(ApprovalLinkState.Unknown);
        }

        var linkState = await StateAsync(hash, link, state, cancellation);
        return linkState switch
        {
            ApprovalLinkState.Open => new ApprovalView(linkState, state.Show(policies.Current), null),
            ApprovalLinkState.Used =>
                new ApprovalView(linkState, null, state.Recorded(state.Outcome!, policies.Current)),
            _ => ApprovalView.Without(linkState),
        };
    }

    /// <summary>Takes a decision.</summary>
    /// <param name="comment">For the requester; a rejection must give one. At most 2,000 characters.</param>
    public Task<DecisionResult> DecideAsync(
        string token, ApprovalDecision decision, string? comment, DecisionContext visitor,
        CancellationToken cancellation) =>
        ConflictRetry.RunAsync(
            MostAttempts, () => TryDecideAsync(token, decision, comment, visitor, cancellation));

    /// <summary>A page of approvals, newest first.</summary>
    /// <param name="ended">The ended ones, or else the pending ones.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    public Task<Page<ApprovalSummary>> ListAsync(
        bool ended, int pageSize, string? continuation, CancellationToken cancellation) =>
        ApprovalRepository.PageAsync(tables, ended, pageSize, continuation, cancellation);

    /// <summary>An approval with its trail, or null.</summary>
    public async Task<ApprovalFile?> GetAsync(ApprovalId id, CancellationToken cancellation) =>
        await ApprovalRepository.FindAsync(tables, id, cancellation) is { } state
            ? new ApprovalFile(
                state.Request,
                state.RequestedAt,
                state.Ask,
                state.Outcome,
                await ApprovalRepository.TrailAsync(tables, id, cancellation),
                state is { Outcome: null, Ask: { } ask }
                    ? (await RightAsync(state.Request, cancellation)).Above(ask)?.Role
                    : null)
            : null;

    /// <exception cref="RowConflictException">Another decision or another ask was faster.</exception>
    private async Task<DecisionResult> TryDecideAsync(
        string token, ApprovalDecision decision, string? comment, DecisionContext visitor,
        CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not var (hash, link, state))
        {
            return new DecisionResult.Unknown();
        }

        switch (await StateAsync(hash, link, state, cancellation))
        {
            case ApprovalLinkState.Expired:
                return new DecisionResult.Expired();
            case ApprovalLinkState.Superseded:
                return new DecisionResult.Superseded();
            case ApprovalLinkState.RightLost:
                return new DecisionResult.RightLost();
            case ApprovalLinkState.Used:
                return await RepeatAsync(state, decision, cancellation);
        }

        if (ValidationErrorOf(decision, comment) is { } reason)
        {
            return new DecisionResult.Invalid(reason);
        }

        var outcome = new ApprovalOutcome(
            VerdictOf(decision), link.Approver, link.DelegateFor, Clean(comment), clock.GetUtcNow());
        await RecordAsync(hash, link, state, outcome, visitor, cancellation);
        await WakeAsync(state.Request.Id, cancellation);
        return new DecisionResult.Recorded(state.Recorded(outcome, policies.Current));
    }

    // A link is genuine when its hash is known and the key that made it makes it again.
    private async Task<(string Hash, ApprovalLink Link, ApprovalState State)?> FindAsync(
        string token, CancellationToken cancellation)
    {
        if (LinkToken.HashOf(token) is not { } hash
            || await ApprovalRepository.FindLinkAsync(tables, hash, cancellation) is not { } link
            || keys.Find(link.KeyId) is not { } key
            || !LinkToken.Equal(token, LinkToken.Make(key, link.Approval, link.Ask, link.Approver))
            || await ApprovalRepository.FindAsync(tables, link.Approval, cancellation) is not { Ask: not null } state)
        {
            return null;
        }

        return (hash, link, state);
    }

    private async Task<ApprovalLinkState> StateAsync(
        string hash, ApprovalLink link, ApprovalState state, CancellationToken cancellation)
    {
        if (state.Outcome is { } outcome)
        {
            return state.DecidedLink == hash ? ApprovalLinkState.Used
                : outcome.Verdict == ApprovalVerdict.Expired ? ApprovalLinkState.Expired
                : ApprovalLinkState.Superseded;
        }

        return link.Ask != state.Ask!.Number ? ApprovalLinkState.Superseded
            : clock.GetUtcNow() >= link.ExpiresAt ? ApprovalLinkState.Expired
            : (await RightAsync(state.Request, cancellation)).LossOf(state.Ask) is null ? ApprovalLinkState.Open
            : ApprovalLinkState.RightLost;
    }

    private Task<RightToDecide> RightAsync(ApprovalRequest request, CancellationToken cancellation) =>
        RightToDecide.ReadAsync(tables, owners, policies.Current, request, clock.GetUtcNow(), cancellation);

    private async Task RecordAsync(
        string hash, ApprovalLink link, ApprovalState state, ApprovalOutcome outcome, DecisionContext visitor,
        CancellationToken cancellation)
    {
        var id = state.Request.Id;
        var note = outcome.Comment is null ? outcome.Verdict.ToString() : $"{outcome.Verdict}: {outcome.Comment}";
        var entry = Visit(AuditEvent.Decided, link, state, visitor, note);
        await tables.ExecuteAsync(
            ApprovalRepository.Table,
            [
                TableOperation.Insert(ApprovalRepository.Outcome(id, outcome, hash)),
                TableOperation.Replace(ApprovalRepository.Ask(id, state.Ask!), state.AskETag!),
                TableOperation.Insert(ApprovalRepository.Audit(id, "decided", entry)),
            ],
            cancellation);
    }

    private async Task<DecisionResult> RepeatAsync(
        ApprovalState state, ApprovalDecision decision, CancellationToken cancellation)
    {
        var recorded = state.Recorded(state.Outcome!, policies.Current);
        if (state.Outcome!.Verdict != VerdictOf(decision))
        {
            return new DecisionResult.AlreadyOther(recorded);
        }

        await WakeAsync(state.Request.Id, cancellation);
        return new DecisionResult.AlreadySame(recorded);
    }

    private async Task WakeAsync(ApprovalId id, CancellationToken cancellation) =>
        await ApprovalSignals.Decided.RaiseAsync(client, id.Value, Nothing.Value, eventId: "decided", cancellation);

    private AuditEntry Visit(
        AuditEvent what, ApprovalLink link, ApprovalState state, DecisionContext visitor, string? note) => new(
        what,
        link.Approver,
        clock.GetUtcNow(),
        visitor.How,
        visitor.Ip,
        visitor.UserAgent?.Beginning(LongestUserAgent),
        AuditEntry.Fingerprint(state.Request),
        note);

    private static string? ValidationErrorOf(ApprovalDecision decision, string? comment) =>
        comment?.Length > LongestComment ? $"A comment has at most {LongestComment} characters."
        : decision == ApprovalDecision.Reject
            && Clean(comment) is null ? "Please say why: the requester must know what to change."
        : !Enum.IsDefined(decision) ? "Please approve or reject."
        : null;

    private static string? Clean(string? comment) => string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();

    private static ApprovalVerdict VerdictOf(ApprovalDecision decision) =>
        decision == ApprovalDecision.Approve ? ApprovalVerdict.Approved : ApprovalVerdict.Rejected;
}

using Workflows.Activities;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>A level to be asked.</summary>
/// <param name="Level">Index into the request's levels.</param>
public sealed record AskInput(ApprovalId Id, int Level);

/// <summary>What asking came to.</summary>
/// <param name="Ask">Who was asked; null when the level has nobody who may decide, or it is decided.</param>
/// <param name="IsDecided">It was decided before the level could be asked.</param>
/// <param name="LookAt">
/// When it is looked at next whether they still have the right, UTC; null without an ask, and in histories of before
/// that was looked at.
/// </param>
public sealed record AskResult(ApprovalAsk? Ask, bool IsDecided, DateTimeOffset? LookAt = null);

/// <summary>
/// Mails the approver of a level the link, which supersedes the link of the level below. Whoever was asked before and
/// stayed silent is passed over. Keyed by approval and level: a second run asks the same person with the same link and
/// the same mail.
/// </summary>
public sealed class AskApprover(
    PolicyStore policies, LinkKeyRing keys, IMailComposer composer, PublicAddress address, IDealOwners owners)
    : BusinessActivity<AskApprover, AskInput, AskResult>
{
    private readonly ApproverAsks _asks = new(policies, keys, composer, address, owners);

    /// <inheritdoc/>
    public override async Task<AskResult> RunAsync(ActivityContext context, AskInput input)
    {
        var state = (await ApprovalRepository.FindAsync(context.Tables, input.Id, context.Stopping))!;
        if (state.Outcome is not null)
        {
            return new AskResult(null, IsDecided: true);
        }

        var right = await _asks.RightAsync(context, state.Request);
        var ask = state.Ask?.Level == input.Level ? state.Ask : NewAsk(state, input.Level, right, context.UtcNow);
        if (ask is null)
        {
            return new AskResult(null, IsDecided: false);
        }

        await ApproverAsks.KeepAsync(context, state, ask, ask.Before is { } before ? EscalatedFrom(before, ask) : null);
        await _asks.SendAsync(context, state.Request, ask, right, reminder: false);
        return new AskResult(ask, IsDecided: false, _asks.LookAt(ask, context.UtcNow));
    }

    private ApprovalAsk? NewAsk(ApprovalState state, int level, RightToDecide right, DateTimeOffset now)
    {
        var before = state.Ask?.Approver;
        IReadOnlyList<StaffId> silent = before is { } late ? [.. state.Ask!.Unanswered, late] : [];
        return right.AtLevel(level, silent) is { } approver
            ? _asks.New(state, level, state.Request.Levels[level].Role, approver, before, now)
            : null;
    }

    private static (string Key, AuditEntry Entry) EscalatedFrom(StaffId before, ApprovalAsk ask) => (
        "escalated",
        AuditEntry.BySystem(
            AuditEvent.Escalated, ask.AskedAt, $"{before} did not decide in time; {ask.Approver} is asked"));
}

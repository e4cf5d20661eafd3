using Workflows.Activities;
using Workflows.Approvals.Kinds;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>An ask to be looked at.</summary>
/// <param name="Ask">Its number.</param>
/// <param name="Remind">
/// Whether it is time for the reminder; null in approvals that began before the right was looked at: they only remind.
/// </param>
public sealed record RemindInput(ApprovalId Id, int Ask, bool? Remind = null);

/// <summary>What became of the ask.</summary>
/// <param name="IsDecided">There was nothing left to remind of.</param>
/// <param name="Ask">Who is asked instead, because the one before lost the right or is away; null when nobody.</param>
/// <param name="NobodyMay">The one before has lost the right, and nobody else has it.</param>
/// <param name="LookAt">When it is looked at again, UTC.</param>
public sealed record RemindResult(
    bool IsDecided, ApprovalAsk? Ask = null, bool? NobodyMay = null, DateTimeOffset? LookAt = null);

/// <summary>
/// Mails the approver the same link again; one who has lost the right since, or whose leave has begun, is replaced by
/// the next in line instead. Keyed by approval and ask: a second run sends no second mail.
/// </summary>
public sealed class RemindApprover(
    PolicyStore policies, LinkKeyRing keys, IMailComposer composer, PublicAddress address, IDealOwners owners)
    : BusinessActivity<RemindApprover, RemindInput, RemindResult>
{
    private readonly ApproverAsks _asks = new(policies, keys, composer, address, owners);

    /// <inheritdoc/>
    public override async Task<RemindResult> RunAsync(ActivityContext context, RemindInput input)
    {
        var state = (await ApprovalRepository.FindAsync(context.Tables, input.Id, context.Stopping))!;
        if (state is not { Outcome: null, Ask: { } ask })
        {
            return new RemindResult(IsDecided: true);
        }

        var right = await _asks.RightAsync(context, state.Request);
        if (ask.Number != input.Ask)
        {
            // An earlier run has asked another person, but its mail may be missing.
            await _asks.SendAsync(context, state.Request, ask, right, reminder: false);
            return Asked(ask, context.UtcNow);
        }

        if (input.Remind is not null && !right.IsThere(ask))
        {
            if (Another(state, ask, right) is var (level, approver))
            {
                return await ReplaceAsync(context, state, level, approver, right);
            }

            if (right.LossOf(ask) is not null)
            {
                return new RemindResult(IsDecided: false, NobodyMay: true);
            }
        }

        if (input.Remind != false && policies.Current.FindStaff(ask.Approver) is not null)
        {
            await RemindAsync(context, state, ask, right);
        }

        return new RemindResult(
            IsDecided: false, LookAt: input.Remind is null ? null : _asks.LookAt(ask, context.UtcNow));
    }

    // The same level first: the next one is only asked when this one has nobody who is there.
    private static (int Level, Approver Approver)? Another(ApprovalState state, ApprovalAsk ask, RightToDecide right)
    {
        for (var level = ask.Level; level < state.Request.Levels.Count; level++)
        {
            if (right.AtLevel(level, ask.Unanswered) is { } approver
                && approver != new Approver(ask.Approver, ask.DelegateFor))
            {
                return (level, approver);
            }
        }

        return null;
    }

    private async Task<RemindResult> ReplaceAsync(
        ActivityContext context, ApprovalState state, int level, Approver approver, RightToDecide right)
    {
        var (request, before) = (state.Request, state.Ask!);
        var ask = _asks.New(
            state, level, request.Levels[level].Role, approver, before: null, context.UtcNow);
        var why = ApprovalTexts.Get(
            $"Replaced.{right.LossOf(before)?.ToString() ?? "Away"}", right.Policy.NameOf(before.Approver),
            right.Policy.NameOf(ask.Approver));
        var replaced = AuditEntry.BySystem(AuditEvent.Replaced, ask.AskedAt, why);
        await ApproverAsks.KeepAsync(context, state, ask, ("replaced", replaced));
        await _asks.SendAsync(context, request, ask, right, reminder: false);
        return Asked(ask, context.UtcNow);
    }

    private async Task RemindAsync(ActivityContext context, ApprovalState state, ApprovalAsk ask, RightToDecide right)
    {
        await _asks.SendAsync(context, state.Request, ask, right, reminder: true);
        var entry = new AuditEntry(
            AuditEvent.Reminded, ask.Approver, context.UtcNow, "mail", Ip: null, UserAgent: null,
            AuditEntry.Fingerprint(state.Request), Note: null);
        await context.Tables.UpsertAsync(
            ApprovalRepository.Table, ApprovalRepository.Audit(state.Request.Id, $"ask{ask.Number}|reminded", entry),
            context.Stopping);
    }

    private RemindResult Asked(ApprovalAsk ask, DateTimeOffset now) =>
        new(IsDecided: false, ask, LookAt: _asks.LookAt(ask, now));
}

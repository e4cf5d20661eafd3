using Workflows.Activities;
using Workflows.Approvals.Kinds;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>An approval to be closed.</summary>
/// <param name="Otherwise">How it ends when nobody has decided.</param>
public sealed record CloseInput(ApprovalId Id, UndecidedEnd Otherwise);

/// <summary>How an approval ends that nobody has decided.</summary>
public enum UndecidedEnd
{
    /// <summary>Those who were asked did not decide in time.</summary>
    OutOfTime,

    /// <summary>The policy names nobody who may decide.</summary>
    NobodyMay,

    /// <summary>What was asked no longer stands.</summary>
    Superseded,
}

/// <summary>
/// Ends an approval: with the decision that is recorded, else as the input says. The outcome row is inserted once, so a
/// decision made in the same moment wins or loses as a whole; a second run returns what the first one found.
/// </summary>
public sealed class CloseApproval(PolicyStore policies, LinkKeyRing keys, IMailComposer composer, PublicAddress address)
    : BusinessActivity<CloseApproval, CloseInput, ApprovalOutcome>
{
    /// <inheritdoc/>
    public override async Task<ApprovalOutcome> RunAsync(ActivityContext context, CloseInput input)
    {
        var silence = Silence(input.Otherwise, context.UtcNow);
        await context.Tables.TryInsertAsync(
            ApprovalRepository.Table, ApprovalRepository.Outcome(input.Id, silence, linkHash: null), context.Stopping);
        if (await ApprovalRepository.FindAsync(context.Tables, input.Id, context.Stopping) is not { } state)
        {
            // The request is not written down yet: the activity that does so finds its outcome.
            return silence;
        }

        var outcome = state.Outcome!;
        if (state.DecidedLink is null)
        {
            var what = outcome.Verdict == ApprovalVerdict.Expired ? AuditEvent.Expired : AuditEvent.Superseded;
            var entry = AuditEntry.BySystem(what, outcome.DecidedAt, outcome.Comment);
            await context.Tables.UpsertAsync(
                ApprovalRepository.Table, ApprovalRepository.Audit(input.Id, "ended", entry), context.Stopping);
        }

        await ApprovalRepository.ListAsync(context.Tables, state, context.Stopping);
        if (outcome.Verdict != ApprovalVerdict.Superseded)
        {
            var letters = new ApprovalLetters(policies, keys, composer, address);
            await letters.SendOutcomeAsync(context, state.Request, outcome);
        }

        return outcome;
    }

    private static ApprovalOutcome Silence(UndecidedEnd end, DateTimeOffset now) => new(
        end == UndecidedEnd.Superseded ? ApprovalVerdict.Superseded : ApprovalVerdict.Expired,
        StaffId.System,
        DelegateFor: null,
        ApprovalTexts.Get($"End.{end}"),
        now);
}

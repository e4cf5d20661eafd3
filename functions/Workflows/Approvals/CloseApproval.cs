using Workflows.Activities;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>An approval to be closed.</summary>
/// <param name="Otherwise">How it ends when nobody has decided.</param>
/// <param name="Reason">Why it then ends so, for people.</param>
public sealed record CloseInput(ApprovalId Id, ApprovalVerdict Otherwise, string Reason);

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
        var silence = new ApprovalOutcome(input.Otherwise, StaffId.System, null, input.Reason, context.UtcNow);
        await context.Tables.TryInsertAsync(
            ApprovalRepository.Table, ApprovalRepository.Outcome(input.Id, silence, linkHash: null), context.Stopping);
        var state = (await ApprovalRepository.FindAsync(context.Tables, input.Id, context.Stopping))!;
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
}

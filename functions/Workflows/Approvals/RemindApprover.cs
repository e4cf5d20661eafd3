using Workflows.Activities;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>An ask to be reminded of.</summary>
/// <param name="Ask">Its number.</param>
public sealed record RemindInput(ApprovalId Id, int Ask);

/// <summary>Whether there was still something to remind of.</summary>
public sealed record RemindResult(bool IsDecided);

/// <summary>
/// Mails the approver the same link again. Keyed by approval and ask: a second run sends no second reminder.
/// </summary>
public sealed class RemindApprover(
    PolicyStore policies, LinkKeyRing keys, IMailComposer composer, PublicAddress address)
    : BusinessActivity<RemindApprover, RemindInput, RemindResult>
{
    /// <inheritdoc/>
    public override async Task<RemindResult> RunAsync(ActivityContext context, RemindInput input)
    {
        var state = (await ApprovalRepository.FindAsync(context.Tables, input.Id, context.Stopping))!;
        if (state.Outcome is not null)
        {
            return new RemindResult(IsDecided: true);
        }

        if (state.Ask is { } ask && ask.Number == input.Ask && policies.Current.FindStaff(ask.Approver) is not null)
        {
            var letters = new ApprovalLetters(policies, keys, composer, address);
            await letters.SendLinkAsync(context, state.Request, ask, reminder: true);
            var entry = new AuditEntry(
                AuditEvent.Reminded, ask.Approver, context.UtcNow, "mail", Ip: null, UserAgent: null,
                AuditEntry.Fingerprint(state.Request), Note: null);
            await context.Tables.UpsertAsync(
                ApprovalRepository.Table, ApprovalRepository.Audit(input.Id, $"ask{ask.Number}|reminded", entry),
                context.Stopping);
        }

        return new RemindResult(IsDecided: false);
    }
}

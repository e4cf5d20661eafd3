using Workflows.Activities;
using Workflows.Platform;

namespace Workflows.Approvals;

/// <summary>
/// Writes down what is asked, and that it was. Both are inserted once, together: a second run, or another request of
/// the same id, changes nothing.
/// </summary>
public sealed class OpenApproval : BusinessActivity<OpenApproval, ApprovalRequest, Nothing>
{
    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(ActivityContext context, ApprovalRequest input)
    {
        var (tables, now) = (context.Tables, context.UtcNow);
        var entry = new AuditEntry(
            AuditEvent.Requested,
            input.Requester,
            now,
            "system",
            Ip: null,
            UserAgent: null,
            AuditEntry.Fingerprint(input),
            input.Subject);
        try
        {
            await tables.ExecuteAsync(
                ApprovalRepository.Table,
                [
                    TableOperation.Insert(ApprovalRepository.Request(input, now)),
                    TableOperation.Insert(ApprovalRepository.Audit(input.Id, "requested", entry)),
                ],
                context.Stopping);
        }
        catch (RowConflictException conflict) when (conflict.Reason == RowConflict.Exists)
        {
            // Written down before: that stays.
        }

        var state = (await ApprovalRepository.FindAsync(tables, input.Id, context.Stopping))!;
        await ApprovalRepository.ListAsync(tables, state, context.Stopping);
        return Nothing.Value;
    }
}

using Workflows.Platform;
using Workflows.Steps;

namespace Workflows.Approvals;

/// <summary>Writes down what is asked. The request row is inserted once: a second run, or another request of the same id, changes nothing.</summary>
public sealed class OpenApproval : Step<OpenApproval, ApprovalRequest, Nothing>
{
    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(ActivityContext context, ApprovalRequest input)
    {
        var (tables, now) = (context.Tables, context.UtcNow);
        if (await tables.TryInsertAsync(ApprovalBook.Table, ApprovalBook.Request(input, now), context.Stopping))
        {
            var entry = new AuditEntry(
                AuditEvent.Requested, input.Requester, now, "system", Ip: null, UserAgent: null, AuditEntry.Fingerprint(input), input.Subject);
            await tables.UpsertAsync(ApprovalBook.Table, ApprovalBook.Audit(input.Id, "requested", entry), context.Stopping);
        }

        var state = (await ApprovalBook.FindAsync(tables, input.Id, context.Stopping))!;
        await ApprovalBook.ListAsync(tables, state, context.Stopping);
        return Nothing.Value;
    }
}

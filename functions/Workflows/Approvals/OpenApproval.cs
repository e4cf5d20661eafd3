using Workflows.Activities;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Approvals;

/// <summary>An approval that is open.</summary>
/// <param name="Levels">How many levels may decide it; zero when nobody may.</param>
/// <param name="Revision">
/// Which way it goes; null is the first, in which the right of the one who is asked was not looked at again.
/// </param>
public sealed record OpenedApproval(int Levels, int? Revision = null)
{
    /// <summary>From this revision on, a person who loses the right while the request waits is replaced.</summary>
    internal const int LooksAtTheRight = 1;
}

/// <summary>
/// Works out what approvers see and who they are, and writes down that, and that it was asked. Both are inserted once,
/// together: a second run, or another request of the same id, changes nothing and returns what stands.
/// </summary>
public sealed class OpenApproval(PolicyStore policies) : BusinessActivity<OpenApproval, ApprovalInput, OpenedApproval>
{
    /// <inheritdoc/>
    public override async Task<OpenedApproval> RunAsync(ActivityContext context, ApprovalInput input)
    {
        var (tables, now) = (context.Tables, context.UtcNow);
        var request = ApprovalRequest.Of(input, policies.Current, now);
        var entry = new AuditEntry(
            AuditEvent.Requested,
            request.Requester,
            now,
            "system",
            Ip: null,
            UserAgent: null,
            AuditEntry.Fingerprint(request),
            request.Subject);
        try
        {
            await tables.ExecuteAsync(
                ApprovalRepository.Table,
                [
                    TableOperation.Insert(ApprovalRepository.Request(request, now)),
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
        return new OpenedApproval(state.Request.Levels.Count, OpenedApproval.LooksAtTheRight);
    }
}

using Workflows.Activities;
using Workflows.Calendars;
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
public sealed record AskResult(ApprovalAsk? Ask, bool IsDecided);

/// <summary>
/// Mails the approver of a level the link, which supersedes the link of the level below. Keyed by approval and level: a
/// second run asks the same person with the same link and the same mail.
/// </summary>
public sealed class AskApprover(PolicyStore policies, LinkKeyRing keys, IMailComposer composer, PublicAddress address)
    : BusinessActivity<AskApprover, AskInput, AskResult>
{
    /// <inheritdoc/>
    public override async Task<AskResult> RunAsync(ActivityContext context, AskInput input)
    {
        var state = (await ApprovalRepository.FindAsync(context.Tables, input.Id, context.Stopping))!;
        if (state.Outcome is not null)
        {
            return new AskResult(null, IsDecided: true);
        }

        var ask = state.Ask?.Level == input.Level ? state.Ask : NewAsk(state, input.Level, context.UtcNow);
        if (ask is null)
        {
            return new AskResult(null, IsDecided: false);
        }

        await KeepAsync(context, state, ask);
        await new ApprovalLetters(policies, keys, composer, address)
            .SendLinkAsync(context, state.Request, ask, reminder: false);
        return new AskResult(ask, IsDecided: false);
    }

    private ApprovalAsk? NewAsk(ApprovalState state, int level, DateTimeOffset now)
    {
        var policy = policies.Current;
        var request = state.Request;
        var role = request.Levels[level].Role;
        var isLastChance = state.Ask is null && level == request.Levels.Count - 1;
        var today = policy.Company.DayOf(now);
        var approver = ApproverRule.Choose(policy, role, request.Region, request.Requester, today)
            ?? (isLastChance ? ApproverRule.ChooseEvenIfAway(policy, role, request.Region, request.Requester) : null);
        if (approver is null)
        {
            return null;
        }

        DateTimeOffset After(decimal hours) =>
            BusinessCalendar.AddBusinessHours(now, hours, policy.Company.BusinessHours, policy.Company.Zone());
        return new ApprovalAsk(
            (state.Ask?.Number ?? 0) + 1,
            level,
            role,
            approver.Staff,
            approver.DelegateFor,
            now,
            After(policy.Approvals.ReminderHours),
            After(policy.Approvals.EscalateHours),
            now.AddDays(policy.Approvals.LinkDays),
            keys.Current.Id,
            state.Ask?.Approver);
    }

    // The ask is written on the condition that it is still the one that was read: a decision made meanwhile changed it.
    private static async Task KeepAsync(ActivityContext context, ApprovalState state, ApprovalAsk ask)
    {
        var id = state.Request.Id;
        var row = ApprovalRepository.Ask(id, ask);
        var mailed = new AuditEntry(
            AuditEvent.Mailed,
            ask.Approver,
            ask.AskedAt,
            "mail",
            Ip: null,
            UserAgent: null,
            AuditEntry.Fingerprint(state.Request),
            ask.DelegateFor is { } absent ? $"as deputy of {absent}" : null);
        var operations = new List<TableOperation>
        {
            state.AskETag is { } read ? TableOperation.Replace(row, read) : TableOperation.Insert(row),
            TableOperation.Upsert(ApprovalRepository.Audit(id, $"ask{ask.Number}|mailed", mailed)),
        };
        if (ask.Before is { } before)
        {
            var escalated = AuditEntry.BySystem(
                AuditEvent.Escalated, ask.AskedAt, $"{before} did not decide in time; {ask.Approver} is asked");
            operations.Add(
                TableOperation.Upsert(ApprovalRepository.Audit(id, $"ask{ask.Number}|escalated", escalated)));
        }

        await context.Tables.ExecuteAsync(ApprovalRepository.Table, operations, context.Stopping);
        await ApprovalRepository.ListAsync(context.Tables, state with { Ask = ask }, context.Stopping);
    }
}

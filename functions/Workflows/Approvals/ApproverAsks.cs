using Workflows.Calendars;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>
/// Asks a person: writes down that they are, and mails them the link. An ask is written on the condition that it
/// follows the one that was read: a decision made meanwhile changed it.
/// </summary>
internal sealed class ApproverAsks(
    PolicyStore policies, LinkKeyRing keys, IMailComposer composer, PublicAddress address, IDealOwners owners)
{
    private readonly ApprovalLetters _letters = new(policies, keys, composer, address);

    /// <summary>Who may decide the request now.</summary>
    public Task<RightToDecide> RightAsync(ActivityContext context, ApprovalRequest request) => RightToDecide.ReadAsync(
        context.Tables, owners, policies.Current, request, context.UtcNow, context.Stopping);

    /// <summary>An ask of a person, with all of the time that the policy gives.</summary>
    /// <param name="before">Who let their time pass just before; null when nobody did.</param>
    public ApprovalAsk New(
        ApprovalState state, int level, StaffRole role, Approver approver, StaffId? before, DateTimeOffset now)
    {
        var policy = policies.Current;
        IReadOnlyList<StaffId> unanswered = state.Ask?.Unanswered ?? [];
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
            before)
        {
            Silent = before is { } silent ? [.. unanswered, silent] : unanswered is [] ? null : unanswered,
        };
    }

    /// <summary>
    /// When it is looked at next whether the one who is asked still has the right: at the reminder, or when a working
    /// day begins before it.
    /// </summary>
    public DateTimeOffset LookAt(ApprovalAsk ask, DateTimeOffset now)
    {
        var company = policies.Current.Company;
        var tomorrow = BusinessCalendar.StartOfDay(company.DayOf(now).AddDays(1), company.Zone());
        var opening = BusinessCalendar.AddBusinessHours(tomorrow, 0, company.BusinessHours, company.Zone());
        return ask.RemindAt > now && ask.RemindAt < opening ? ask.RemindAt : opening;
    }

    /// <summary>Writes the ask down, with a row of the trail that says why there is another one.</summary>
    /// <param name="trail">Key and row; null for a first ask.</param>
    public static async Task KeepAsync(
        ActivityContext context, ApprovalState state, ApprovalAsk ask, (string Key, AuditEntry Entry)? trail)
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
        if (trail is var (key, entry))
        {
            operations.Add(TableOperation.Upsert(ApprovalRepository.Audit(id, $"ask{ask.Number}|{key}", entry)));
        }

        await context.Tables.ExecuteAsync(ApprovalRepository.Table, operations, context.Stopping);
        await ApprovalRepository.ListAsync(context.Tables, state with { Ask = ask }, context.Stopping);
    }

    /// <inheritdoc cref="ApprovalLetters.SendLinkAsync"/>
    public async Task SendAsync(
        ActivityContext context, ApprovalRequest request, ApprovalAsk ask, RightToDecide right, bool reminder) =>
        await _letters.SendLinkAsync(context, request, ask, right.Above(ask), reminder);
}

using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Tests.Approvals.Kinds;
using Workflows.Trade;

namespace Workflows.Tests.Approvals;

/// <summary>One request for a discount, asked on Wednesday at 09:00 in Shanghai: manager, then director.</summary>
public abstract class ApprovalCase : IAsyncLifetime
{
    protected static readonly ApprovalId Id = new("D-0000-0000-0000-A1");
    protected static readonly DecisionContext Visitor = new("203.0.113.7", "Mozilla/5.0", "link");

    // Nine hours of work after the question, then eighteen; a working day has nine.
    protected static readonly DateTimeOffset Thursday9 = Scenario.Morning.AddDays(1);
    protected static readonly DateTimeOffset Friday9 = Scenario.Morning.AddDays(2);
    protected static readonly DateTimeOffset Monday9 = Scenario.Morning.AddDays(5);
    protected static readonly DateTimeOffset Tuesday9 = Scenario.Morning.AddDays(6);

    protected Scenario Scenario { get; private set; } = null!;

    protected ApprovalService Service => Scenario.Get<ApprovalService>();

    public async Task InitializeAsync() => Scenario = await StartAsync();

    public async Task DisposeAsync() => await Scenario.DisposeAsync();

    protected virtual Task<Scenario> StartAsync() => Scenario.StartAsync();

    protected async Task AskAsync(ApprovalInput? request = null)
    {
        request ??= Request();
        await Approval.ScheduleAsync(Scenario.Client, request, new ScheduleOptions(request.Id.Value), Scenario.Bound);
        await Scenario.SettleAsync();
    }

    protected Task<DecisionResult> ApproveAsync(string token, string? comment = null) =>
        Service.DecideAsync(token, ApprovalDecision.Approve, comment, Visitor, Scenario.Bound);

    protected Task<DecisionResult> RejectAsync(string token, string? comment = "Too much.") =>
        Service.DecideAsync(token, ApprovalDecision.Reject, comment, Visitor, Scenario.Bound);

    protected Task<ApprovalView> OpenAsync(string token) => Service.OpenAsync(token, Scenario.Bound);

    protected async Task<ApprovalOutcome> OutcomeAsync() =>
        (await Scenario.Client.WaitForCompletionAsync(Id.Value, Scenario.Bound))!.ReadOutput<ApprovalOutcome>()!;

    protected async Task<IReadOnlyList<AuditEvent>> TrailAsync() =>
        [.. (await Service.GetAsync(Id, Scenario.Bound))!.Audit.Select(entry => entry.Event)];

    /// <summary>Every letter with a link so far, oldest first.</summary>
    protected async Task<IReadOnlyList<ApprovalLetter>> LettersAsync() =>
        [.. (await Scenario.MailsAsync()).Select(mail => mail.Mail switch
        {
            ApprovalRequested asked => asked.Letter,
            ApprovalReminder reminder => reminder.Letter,
            ApprovalEscalated escalated => escalated.Letter,
            _ => null,
        }).OfType<ApprovalLetter>()];

    protected async Task<string> LastTokenAsync() => TokenOf((await LettersAsync())[^1]);

    protected static string TokenOf(ApprovalLetter letter) => letter.Link[(letter.Link.LastIndexOf('/') + 1)..];

    protected static ApprovalInput Request(string requester = "mei", decimal discountPercent = 8) => new(
        Id,
        new DealId("D-0000-0000-0000"),
        Subjects.Discount with { DiscountPercent = discountPercent },
        new StaffId(requester),
        "asia-pacific",
        "2026-11");

    protected static Policy Away(Policy policy, params string[] staff) => policy with
    {
        Staff = [.. policy.Staff.Select(member => staff.Contains(member.Id.Value)
            ? member with { Absences = [new Absence(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30), "leave")] }
            : member)],
    };
}

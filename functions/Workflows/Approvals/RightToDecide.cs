using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>Why a person who was asked may not decide any more.</summary>
internal enum LostRight
{
    /// <summary>The policy does not name them.</summary>
    Left,

    /// <summary>Their role is none of the levels that may decide it.</summary>
    Role,

    /// <summary>They asked for it.</summary>
    Requester,

    /// <summary>The deal is theirs.</summary>
    Owner,

    /// <summary>They do not stand in any more for the person whose right it is.</summary>
    Deputy,
}

/// <summary>Who owns a deal now. What knows deals stands above approvals.</summary>
public interface IDealOwners
{
    /// <summary>The owner; null when the deal has none, or is not known yet.</summary>
    Task<StaffId?> OwnerOfAsync(ITableStore tables, DealId deal, CancellationToken cancellation);
}

/// <summary>
/// Who may decide a request at a moment, by the policy and the deal of that moment: being asked gives no right (see
/// docs/decisions/0070-the-right-decides-at-the-moment.md).
/// </summary>
/// <param name="Owner">Of the deal; null when it has none.</param>
/// <param name="Today">In the company's zone.</param>
internal sealed record RightToDecide(Policy Policy, ApprovalRequest Request, StaffId? Owner, DateOnly Today)
{
    public static async Task<RightToDecide> ReadAsync(
        ITableStore tables, IDealOwners owners, Policy policy, ApprovalRequest request, DateTimeOffset now,
        CancellationToken cancellation) => new(
        policy,
        request,
        await owners.OwnerOfAsync(tables, request.Deal, cancellation),
        policy.Company.DayOf(now));

    /// <summary>
    /// Why the one who is asked may not decide; null when they may. Who is away keeps the right: only what they are
    /// asked by mail goes to another.
    /// </summary>
    public LostRight? LossOf(ApprovalAsk ask)
    {
        if (BarOf(ask.Approver) is { } bar)
        {
            return bar;
        }

        if (ask.DelegateFor is not { } absent)
        {
            return LossOf(ask.Approver);
        }

        return Policy.FindStaff(ask.Approver) is null ? LostRight.Left
            : Policy.FindStaff(absent) is { } member && BarOf(absent) is null && LossOf(absent) is null
                && Policy.StandInOf(member, Today)?.Id == ask.Approver ? null
            : LostRight.Deputy;
    }

    /// <summary>Whether the one who is asked may decide and is there.</summary>
    public bool IsThere(ApprovalAsk ask) =>
        LossOf(ask) is null && Policy.FindStaff(ask.Approver)?.IsAway(Today) == false;

    /// <summary>Who of a level is asked now; null when it has nobody.</summary>
    /// <param name="silent">Who let their time pass: they are not asked again.</param>
    public Approver? AtLevel(int level, IReadOnlyList<StaffId> silent)
    {
        var barred = Barred(silent);
        var role = Request.Levels[level].Role;
        return ApproverRule.Choose(Policy, role, Request.Region, barred, Today)
            ?? (level == Request.Levels.Count - 1
                ? ApproverRule.ChooseEvenIfAway(Policy, role, Request.Region, barred)
                : null);
    }

    /// <summary>The next level above an ask at which another person can be asked; null when there is none.</summary>
    public ApprovalLevel? Above(ApprovalAsk ask) => Enumerable
        .Range(ask.Level + 1, Math.Max(0, Request.Levels.Count - ask.Level - 1))
        .Where(level => AtLevel(level, [.. ask.Unanswered, ask.Approver]) is not null)
        .Select(level => Request.Levels[level])
        .FirstOrDefault();

    private LostRight? BarOf(StaffId person) =>
        person == Request.Requester ? LostRight.Requester
        : person == Owner ? LostRight.Owner
        : null;

    private LostRight? LossOf(StaffId person) =>
        Policy.FindStaff(person) is not { } member ? LostRight.Left
        : Request.Levels.All(level => level.Role != member.Role) ? LostRight.Role
        : null;

    private List<StaffId> Barred(IReadOnlyList<StaffId> silent)
    {
        List<StaffId> barred = [.. silent, Request.Requester];
        if (Owner is { } owner)
        {
            barred.Add(owner);
        }

        return barred;
    }
}

using Workflows.Activities;
using Workflows.Approvals;
using Workflows.Customers;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>A deal that wants an owner.</summary>
/// <param name="Except">Who must not get it: those who had it and did not answer.</param>
/// <param name="ClockFrom">When the first-response clock starts, UTC.</param>
public sealed record AssignInput(
    DealId Deal, Inquiry Inquiry, Qualification Qualification, IReadOnlyList<StaffId> Except, DateTimeOffset ClockFrom);

/// <summary>
/// Finds an owner and counts the deal for them. The answer is kept by deal and step: a second run gives the same
/// one, although the load that it was chosen by has changed meanwhile.
/// </summary>
public sealed class AssignOwner(PolicyStore policies) : BusinessActivity<AssignOwner, AssignInput, Assignment>
{
    /// <inheritdoc/>
    public override async Task<Assignment> RunAsync(ActivityContext context, AssignInput input)
    {
        var assignment = await AssignmentRepository.KeepAsync(
            context.Tables, input.Deal, ActivityKey.Of(context), await ChooseAsync(context, input), context.Stopping);
        if (assignment.Owner is { } owner)
        {
            await HandOverAsync(context, input, owner);
        }

        return assignment;
    }

    private async Task<Assignment> ChooseAsync(ActivityContext context, AssignInput input)
    {
        var policy = policies.Current;
        // The region may be of an earlier policy than the one in force.
        var region = policy.Regions.FirstOrDefault(region => region.Id == input.Qualification.Region)
            ?? policy.RegionOf(input.Inquiry.Buyer.Country);
        var today = policy.Company.DayOf(context.UtcNow);
        var sticky = await AssignmentRepository.OwnerOfAsync(
            context.Tables, input.Qualification.Customer, context.Stopping);
        var question = new AssignmentQuestion(input.Inquiry, region, sticky, input.Except, today);
        var (owner, reason) = AssignmentRule.Choose(question, await CandidatesAsync(context, policy));

        return new Assignment(
            owner,
            reason,
            ApproverRule.ManagerOf(policy, region.Id, today),
            FirstResponse.Plan(input.ClockFrom, input.Qualification.Score.Temperature, policy));
    }

    private static async Task<IReadOnlyList<Candidate>> CandidatesAsync(ActivityContext context, Policy policy)
    {
        var candidates = new List<Candidate>();
        var lastAssigned = await AssignmentRepository.LastAssignedAsync(context.Tables, context.Stopping);
        foreach (var member in policy.Staff.Where(member => member.Role == StaffRole.Sales))
        {
            candidates.Add(new Candidate(
                member,
                await Workload.CountAsync(context.Tables, member.Id, member.MaxOpenDeals, context.Stopping),
                lastAssigned.TryGetValue(member.Id, out var last) ? last : null));
        }

        return candidates;
    }

    private static async Task HandOverAsync(ActivityContext context, AssignInput input, StaffId owner)
    {
        var (tables, cancellation) = (context.Tables, context.Stopping);
        await Workload.AddAsync(tables, owner, input.Deal, context.UtcNow, cancellation);
        await AssignmentRepository.SetLastAssignedAsync(tables, owner, context.UtcNow, cancellation);
        await AssignmentRepository.SetOwnerAsync(tables, input.Qualification.Customer, owner, cancellation);
        foreach (var former in input.Except)
        {
            await Workload.ReleaseAsync(tables, former, input.Deal, cancellation);
        }
    }
}

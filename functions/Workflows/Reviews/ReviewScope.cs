using Workflows.Facts;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>Whose figures.</summary>
/// <param name="Id">Region or staff id; empty for the company, and for what belongs to no region or nobody.</param>
internal sealed record ReviewScope(ScopeKind Kind, string Id)
{
    public static ReviewScope Company { get; } = new(ScopeKind.Company, "");

    public bool Holds(StaffId? salesperson, string region) => Kind switch
    {
        ScopeKind.Region => region == Id,
        ScopeKind.Salesperson => (salesperson?.Value ?? "") == Id,
        _ => true,
    };

    /// <summary>
    /// The company, then each region and each salesperson: those of the policy, so that nobody is missing for want of
    /// facts, and those whom the facts name, so that the parts add up to the whole.
    /// </summary>
    public static IReadOnlyList<ReviewScope> Of(IReadOnlyList<Fact> facts, ReviewPeriod period, Policy policy)
    {
        var inMonth = facts.Where(fact => period.Covers(fact.At) && fact.Kind != FactKind.InquiryReceived);
        var inquiries = InquiryProgress.Of(facts, period);
        var regions = policy.Regions.Select(region => region.Id)
            .Concat(inMonth.Select(fact => fact.Region))
            .Concat(inquiries.Select(inquiry => inquiry.Region))
            .Distinct();
        var salespeople = policy.Staff.Where(member => member.Role == StaffRole.Sales).Select(member => member.Id.Value)
            .Concat(inMonth.Select(fact => fact.Salesperson?.Value ?? ""))
            .Concat(inquiries.Select(inquiry => inquiry.Salesperson?.Value ?? ""))
            .Distinct();
        return
        [
            Company,
            .. regions.Select(id => new ReviewScope(ScopeKind.Region, id)),
            .. salespeople.Select(id => new ReviewScope(ScopeKind.Salesperson, id)),
        ];
    }

    public string NameFor(Policy policy) => Kind switch
    {
        ScopeKind.Region when Id.Length == 0 => "No region",
        ScopeKind.Region => policy.Regions.FirstOrDefault(region => region.Id == Id)?.Name ?? Id,
        ScopeKind.Salesperson when Id.Length == 0 => "Nobody yet",
        ScopeKind.Salesperson => policy.NameOf(new StaffId(Id)),
        _ => policy.Company.Name,
    };
}

/// <summary>By what the figures are divided.</summary>
internal enum ScopeKind
{
    /// <summary>Not at all.</summary>
    Company,

    /// <summary>By the buyer's region.</summary>
    Region,

    /// <summary>By salesperson.</summary>
    Salesperson,
}

using System.Globalization;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>A salesperson who might take a deal.</summary>
/// <param name="LastAssignedAt">UTC; null is never.</param>
public sealed record Candidate(StaffMember Member, int OpenDeals, DateTimeOffset? LastAssignedAt);

/// <summary>What speaks for one person or another.</summary>
/// <param name="StickyOwner">Who looked after the customer before; null if nobody.</param>
/// <param name="Except">Not these: they had it and did not answer, or are leaving.</param>
/// <param name="Today">In the company's zone.</param>
public sealed record AssignmentQuestion(
    Inquiry Inquiry, RegionPolicy Region, StaffId? StickyOwner, IReadOnlyList<StaffId> Except, DateOnly Today);

/// <summary>
/// Who gets an inquiry: who knows the customer, else who owns the product, else who covers the region and speaks the
/// language, else who has the fewest open deals, else who has waited longest. Never a person who is away, at the cap,
/// or excepted.
/// </summary>
public static class AssignmentRule
{
    /// <summary>Chooses among people of sales; null when nobody is free.</summary>
    public static (StaffId? Owner, string Reason) Choose(
        AssignmentQuestion question, IReadOnlyList<Candidate> candidates)
    {
        var sales = candidates.Where(candidate => candidate.Member.Role == StaffRole.Sales).ToList();
        var free = sales.Where(candidate => WhyNot(candidate, question) is null).ToList();
        var best = free
            .OrderByDescending(candidate => candidate.Member.Id == question.StickyOwner)
            .ThenByDescending(candidate => ProductOf(candidate.Member, question.Inquiry) is not null)
            .ThenByDescending(candidate => candidate.Member.Serves(question.Region.Id))
            .ThenByDescending(candidate => Speaks(candidate.Member, question.Inquiry.Language))
            .ThenBy(candidate => candidate.OpenDeals)
            .ThenBy(candidate => candidate.LastAssignedAt ?? DateTimeOffset.MinValue)
            .ThenBy(candidate => candidate.Member.Id.Value, StringComparer.Ordinal)
            .FirstOrDefault();
        var busy = sales
            .Select(candidate => WhyNot(candidate, question) is { } why ? $"{candidate.Member.Name} {why}" : null)
            .OfType<string>()
            .ToList();
        return best is null
            ? (
                null,
                "Nobody is free: " + (
                    busy.Count == 0 ? "the policy names no sales staff" : string.Join(", ", busy)) + ".")
            : (best.Member.Id, Reason(best, question, busy));
    }

    private static string? WhyNot(Candidate candidate, AssignmentQuestion question)
    {
        var member = candidate.Member;
        if (question.Except.Contains(member.Id))
        {
            return "had it before";
        }

        if (member.IsAway(question.Today))
        {
            return "is away";
        }

        return member.MaxOpenDeals == 0 ? "takes no new deals"
            : candidate.OpenDeals >= member.MaxOpenDeals ? $"has {candidate.OpenDeals} of {member.MaxOpenDeals} open "
                + "deals"
            : null;
    }

    private static string Reason(Candidate best, AssignmentQuestion question, List<string> busy)
    {
        var member = best.Member;
        var load = best.OpenDeals switch
        {
            0 => "no open deals",
            1 => "1 open deal",
            var many => $"{many} open deals",
        };
        var main = member.Id == question.StickyOwner ? "Has looked after this customer before"
            : ProductOf(member, question.Inquiry) is { } product ? $"Owns the product ({product})"
            : (member.Serves(question.Region.Id), Speaks(member, question.Inquiry.Language)) switch
            {
                (true, true) => $"Covers {question.Region.Name} and speaks {LanguageName(question.Inquiry.Language!)}",
                (true, false) => $"Covers {question.Region.Name}",
                (false, true) =>
                    $"Nobody of {question.Region.Name} is free; speaks {LanguageName(question.Inquiry.Language!)}",
                (false, false) => $"Nobody of {question.Region.Name} is free; has the lightest load",
            };
        return $"{main}; {load}." + (busy.Count == 0 ? "" : $" Passed over: {string.Join(", ", busy)}.");
    }

    private static string? ProductOf(StaffMember member, Inquiry inquiry) => member.Products.FirstOrDefault(word =>
        inquiry.Products.Any(
            product => SearchText.HasPart(product.Sku, word) || SearchText.HasPart(product.Name, word)));

    private static bool Speaks(StaffMember member, string? language) =>
        language is not null && member.Languages.Contains(language, StringComparer.OrdinalIgnoreCase);

    private static string LanguageName(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}

using Workflows.Inquiries;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Inquiries;

public class AssignmentRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 4);
    private static readonly RegionPolicy Americas = new("americas", "Americas", ["US"], []);

    [Fact]
    public void A_person_away_or_at_the_cap_is_passed_over_and_the_third_gets_it()
    {
        var (owner, reason) = Choose(
            Question(),
            Rep("ana", open: 0) with { Member = Member("ana", away: true) },
            Rep("ben", open: 20),
            Rep("cem", open: 19));

        Assert.Equal("cem", owner!.Value.Value);
        Assert.Contains("ana is away, ben has 20 of 20 open deals", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void When_nobody_is_free_the_reason_says_why()
    {
        var (owner, reason) = Choose(
            Question(except: ["cem"]), Rep("ben", open: 20), Rep("cem", open: 0), Rep("dan", cap: 0));

        Assert.Null(owner);
        Assert.Equal("Nobody is free: ben has 20 of 20 open deals, cem had it before, dan takes no new deals.", reason);
    }

    [Fact]
    public void Who_knows_the_customer_goes_before_who_owns_the_product_and_who_covers_the_region()
    {
        Candidate[] reps =
        [
            Rep("covers", regions: ["americas"], languages: ["es"]),
            Rep("owns", regions: ["emea"], products: ["valve"]),
            Rep("knows", open: 19, regions: ["emea"]),
        ];

        Assert.Equal("knows", Choose(Question(sticky: "knows"), reps).Owner!.Value.Value);
        Assert.Equal("owns", Choose(Question(), reps).Owner!.Value.Value);
        Assert.Equal("covers", Choose(Question(sku: "pump"), reps).Owner!.Value.Value);
    }

    [Fact]
    public void Of_those_who_cover_the_region_the_one_who_speaks_the_language_gets_it()
    {
        var (owner, reason) = Choose(
            Question(),
            Rep("english", regions: ["americas"], languages: ["en"]),
            Rep("spanish", open: 7, regions: ["americas"], languages: ["en", "es"]),
            Rep("elsewhere", regions: ["emea"], languages: ["es"]));

        Assert.Equal("spanish", owner!.Value.Value);
        Assert.Equal("Covers Americas and speaks Spanish; 7 open deals.", reason);
    }

    [Fact]
    public void Then_the_least_open_load_and_then_who_has_waited_longest()
    {
        Assert.Equal("light", Choose(Question(), Rep("heavy", open: 3), Rep("light", open: 2)).Owner!.Value.Value);
        Assert.Equal("long", Choose(Question(), Rep("short", last: 2), Rep("long", last: 1)).Owner!.Value.Value);
        Assert.Equal("never", Choose(Question(), Rep("once", last: 1), Rep("never")).Owner!.Value.Value);
    }

    [Fact]
    public void A_region_without_anybody_free_is_served_by_another() =>
        Assert.StartsWith(
            "Nobody of Americas is free; speaks Spanish",
            Choose(
                Question(), Rep("away", open: 20, regions: ["americas"]),
                Rep("helper", regions: ["emea"], languages: ["es"])).Reason,
            StringComparison.Ordinal);

    [Fact]
    public void Only_people_of_sales_get_deals() =>
        Assert.Null(Choose(Question(), new Candidate(Member("boss") with { Role = StaffRole.Manager }, 0, null)).Owner);

    private static (StaffId? Owner, string Reason) Choose(AssignmentQuestion question, params Candidate[] candidates) =>
        AssignmentRule.Choose(question, candidates);

    private static AssignmentQuestion Question(
        string? sticky = null, string sku = "RF-Valve-50", string[]? except = null) => new(
        Buyers.Inquiry() with { Language = "es", Products = [new RequestedProduct(sku, "", null, null, null)] },
        Americas,
        sticky is null ? null : new StaffId(sticky),
        [.. (except ?? []).Select(id => new StaffId(id))],
        Today);

    private static Candidate Rep(
        string id, int open = 0, int cap = 20, int? last = null, string[]? regions = null, string[]? languages = null,
        string[]? products = null) => new(
        Member(id) with
        {
            MaxOpenDeals = cap,
            Regions = regions ?? [],
            Languages = languages ?? [],
            Products = products ?? [],
        },
        open,
        last is { } hours ? Scenario.Morning.AddHours(hours) : null);

    private static StaffMember Member(string id, bool away = false) => new(
        new StaffId(id), id, id + "@ridgewater.example", StaffRole.Sales, [], [], [], 20,
        away ? [new Absence(Today, Today, "leave")] : [], null);
}

using Workflows.Calendars;
using Workflows.Facts;
using Workflows.Policies;
using Workflows.Receivables.Ageing;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Tests.Reviews;

/// <summary>Plain values for reviews: a company eight hours ahead of UTC that reviews on the 3rd at nine.</summary>
internal static class Given
{
    public static readonly Month October = new(2025, 10);

    public static readonly Currency Usd = Currency.Parse("USD");

    public static readonly StaffId Mei = new("mei");

    public static readonly StaffId Omar = new("omar");

    /// <summary>Long after the month's inquiries are followed.</summary>
    public static readonly DateTimeOffset MuchLater = At("2026-06-01T00:00Z");

    // A review asks the policy for its company, regions, staff and its own part; the rest is not looked at.
    public static Policy Policy { get; } = new(
        "test-1",
        new CompanyPolicy(
            "Ridge Pumps",
            "1 Harbour Road",
            "sales@ridge.example",
            "Asia/Shanghai",
            Currency.Parse("USD"),
            new Dictionary<string, decimal> { ["EUR"] = 1.10m },
            [],
            new BusinessHours(new(9, 0), new(17, 0), [DayOfWeek.Monday], [])),
        [new RegionPolicy("emea", "Europe", ["DE"], []), new RegionPolicy("rest", "Rest of the world", ["*"], [])],
        [
            Person("mei", "Mei Lin", StaffRole.Sales),
            Person("omar", "Omar Haddad", StaffRole.Sales),
            Person("lena", "Lena Vogt", StaffRole.Manager),
            Person("chen", "Chen Wei", StaffRole.Director),
            Person("fay", "Fay Adams", StaffRole.Finance),
        ],
        Scoring: null!,
        FirstResponse: null!,
        Quotations: null!,
        Approvals: null!,
        Credit: null!,
        PaymentTerms: [],
        Dunning: null!,
        Payments: null!,
        new ReviewPolicy(Day: 3, Hour: 9, DiscountBudgetPercent: 5m),
        Retention: null!);

    public static TimeZoneInfo Zone => Policy.Company.Zone();

    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public static ReviewPeriod Period(DateTimeOffset? now = null) => ReviewPeriod.Of(October, now ?? MuchLater, Zone);

    public static SalesFigures Figures(
        IReadOnlyList<Fact> facts, DateTimeOffset? now = null, ReviewScope? scope = null) =>
        ReviewFigures.Of(facts, Period(now), scope ?? ReviewScope.Company, Policy);

    public static Fact Received(string deal, string at, string region = "emea") =>
        Fact(deal, FactKind.InquiryReceived, at, who: null, region);

    public static Fact Won(string deal, string at, decimal amount, StaffId? who = null, string currency = "USD") =>
        Fact(deal, FactKind.OrderWon, at, who ?? Mei) with { Amount = Money.Of(amount, currency) };

    public static Fact Fact(string deal, FactKind kind, string at, StaffId? who = null, string region = "emea") => new(
        $"{deal}|{kind}", kind, At(at), new DealId(deal), who, region, null, null, null, null, null);

    /// <summary>The receivables at the end of October, with the sales of three months.</summary>
    public static ReceivableFigures MonthEnd(
        AgeingFigures end, IReadOnlyList<Fact> facts, AgeingFigures? begin = null, DateOnly? from = null,
        DateOnly? asOf = null) =>
        ReceivableFigures.Of(
            new AgeingSheet(asOf ?? October.LastDay, [], end, [], [], [], [], 0),
            begin ?? AgeingFigures.None(Usd),
            from ?? new DateOnly(2025, 8, 1),
            facts,
            Policy);

    private static StaffMember Person(string id, string name, StaffRole role) =>
        new(new StaffId(id), name, id + "@ridge.example", role, [], [], [], 10, [], null);
}

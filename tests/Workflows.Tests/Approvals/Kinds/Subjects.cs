using System.Text.Json;
using Workflows.Approvals.Kinds;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Approvals.Kinds;

/// <summary>Subjects of approvals to start a test from, and what they are read with.</summary>
internal static class Subjects
{
    public static readonly Policy Policy = PolicyLoader.Default();

    public static readonly DiscountSubject Discount = new(
        new ApprovalBuyer("Anna Becker", "Acme", "DE"),
        "D-0000-0000-0000-Q1",
        new DeliveryTerm(Incoterm.FOB, "Ningbo"),
        ListTotal: Usd(50_000),
        DiscountPercent: 8,
        Discount: Usd(4_000),
        Total: Usd(46_000),
        MarginPercent: 14.15m,
        "TT30-70BL",
        ["A discount of 8% is above the 5% of sales; the manager decides up to 10%.", "The margin is good."],
        Note: null);

    public static readonly CreditSubject Credit = new(
        new ApprovalBuyer("Anna Becker", Company: null, Country: null),
        OrderTotal: Usd(20_000),
        "OA60",
        Exposure: Usd(105_000),
        Limit: Usd(100_000),
        OverBy: Usd(5_000),
        ["Over the limit", "On hold"]);

    public static readonly WriteOffSubject WriteOff = new(
        "Acme",
        "DE",
        "INV-1",
        "balance",
        "SO-1",
        Billed: Usd(20_000),
        Paid: Usd(16_000),
        Open: Usd(4_000),
        Due: new DateOnly(2026, 10, 31),
        DueBasis.BillOfLading,
        OffsetDays: 30,
        DunningLevel: 2,
        "buyer insolvent");

    public static SubjectContext Context { get; } = new(Policy, new StaffId("mei"), new DateOnly(2026, 11, 4));

    public static Money Usd(decimal amount) => Money.Of(amount, "USD");

    /// <summary>The policy with other levels for a kind.</summary>
    public static Policy With(this Policy policy, ApprovalKind kind, params IReadOnlyList<ApprovalLevel> levels) =>
        policy with
        {
            Approvals = policy.Approvals with
            {
                Levels = new Dictionary<string, IReadOnlyList<ApprovalLevel>>(policy.Approvals.Levels)
                {
                    [JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())] = levels,
                },
            },
        };

    /// <summary>The facts, one per line, as <c>name: value</c>.</summary>
    public static IEnumerable<string> FactLines(this ApprovalSubject subject) =>
        subject.Facts(Context).Select(fact => $"{fact.Name}: {fact.Value}");

    /// <summary>Who may decide, lowest first.</summary>
    public static IEnumerable<StaffRole> Roles(this IEnumerable<ApprovalLevel> levels) =>
        levels.Select(level => level.Role);
}

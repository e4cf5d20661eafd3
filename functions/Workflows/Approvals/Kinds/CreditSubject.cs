using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals.Kinds;

/// <summary>An order, or its shipment, on credit that the rules do not clear.</summary>
/// <param name="OrderTotal">All of the order, prepaid parts included.</param>
/// <param name="PaymentTerms">Code of the policy's payment terms.</param>
/// <param name="Exposure">All that is at risk with the customer, this order included; in the limit's currency.</param>
/// <param name="OverBy">How far the exposure is over the limit; zero when it is not.</param>
/// <param name="Reasons">As the credit rule gave them.</param>
internal sealed record CreditSubject(
    ApprovalBuyer Buyer,
    Money OrderTotal,
    string PaymentTerms,
    Money Exposure,
    Money Limit,
    Money OverBy,
    IReadOnlyList<string> Reasons)
    : ApprovalSubject(ApprovalKind.Credit)
{
    /// <summary>Who may grant credit that far over the limit.</summary>
    public static IReadOnlyList<ApprovalLevel> LevelsFor(Money overBy, Policy policy) =>
        policy.LevelsFor(ApprovalKind.Credit, policy.Company.ToBase(overBy));

    internal override IReadOnlyList<ApprovalLevel> LevelsBy(Policy policy) => LevelsFor(OverBy, policy);

    internal override string Heading() => Text("Heading", OverBy, Buyer.ShortText());

    internal override IReadOnlyList<ApprovalFact> Facts(SubjectContext context) =>
    [
        Fact("Buyer", Buyer.FullText()),
        Fact("Order", $"{OrderTotal}, {PaymentTerms}"),
        Fact("Exposure", Exposure),
        Fact("Limit", Limit),
        Fact("OverBy", OverBy),
        Fact("Reasons", string.Join("; ", Reasons)),
    ];
}

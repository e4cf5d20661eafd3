namespace Workflows.Policies;

/// <summary>
/// How this company trades, as data. One JSON document, validated at start; a deal records the version it was decided
/// under. Times of day and dates are in the zone that the member says.
/// </summary>
/// <param name="Version">The author's own version text, such as <c>2026-11</c>; recorded with every decision.</param>
/// <param name="Visibility">Whose rows a role sees and changes; null is <see cref="VisibilityPolicy.Default"/>.</param>
/// <param name="Calendars">
/// What is different from what is known of buyers' countries, one entry a country; null is nothing.
/// </param>
public sealed record Policy(
    string Version,
    CompanyPolicy Company,
    IReadOnlyList<RegionPolicy> Regions,
    IReadOnlyList<StaffMember> Staff,
    ScoringPolicy Scoring,
    FirstResponsePolicy FirstResponse,
    QuotationPolicy Quotations,
    ApprovalPolicy Approvals,
    CreditPolicy Credit,
    IReadOnlyList<PaymentTermsPolicy> PaymentTerms,
    DunningPolicy Dunning,
    PaymentPolicy Payments,
    ReviewPolicy Reviews,
    RetentionPolicy Retention,
    VisibilityPolicy? Visibility = null,
    MailPolicy? Mails = null,
    IReadOnlyList<CountryCalendarPolicy>? Calendars = null);

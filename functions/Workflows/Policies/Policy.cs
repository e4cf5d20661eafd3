using Workflows.Calendars;
using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>
/// How this company trades, as data. One JSON document, validated at start; a deal records the version it was decided
/// under. Times of day and dates are in the zone that the member says.
/// </summary>
/// <param name="Version">The author's own version text, such as <c>2026-11</c>; recorded with every decision.</param>
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
    RetentionPolicy Retention);

/// <summary>The seller.</summary>
/// <param name="TimeZone">IANA id; months, business hours and dates without another zone are in it.</param>
/// <param name="BaseCurrency">ISO 4217; reports convert into it.</param>
/// <param name="Rates">
/// Units of the base currency for one unit of another, for reports and approval levels only.
/// </param>
/// <param name="BankDetails">Printed on invoices and reminders, line by line.</param>
public sealed record CompanyPolicy(
    string Name,
    string Address,
    string Email,
    string TimeZone,
    Currency BaseCurrency,
    IReadOnlyDictionary<string, decimal> Rates,
    IReadOnlyList<string> BankDetails,
    BusinessHours BusinessHours);

/// <summary>A sales region.</summary>
/// <param name="Countries">ISO 3166-1 alpha-2; <c>*</c> is every country that no other region names.</param>
/// <param name="Weekend">The buyers' days off.</param>
public sealed record RegionPolicy(
    string Id, string Name, IReadOnlyList<string> Countries, IReadOnlyList<DayOfWeek> Weekend);

/// <summary>What a member of staff may do.</summary>
public enum StaffRole
{
    /// <summary>Answers inquiries, quotes, follows deals.</summary>
    Sales,

    /// <summary>Leads sales; decides up to the policy's level.</summary>
    Manager,

    /// <summary>Leads the business; decides above managers.</summary>
    Director,

    /// <summary>Books payments, chases invoices, watches credit.</summary>
    Finance,

    /// <summary>Produces and ships.</summary>
    Operations,
}

/// <summary>A person.</summary>
/// <param name="Id">Short and stable; also the name of their API key.</param>
/// <param name="Regions">Region ids they serve; empty serves all.</param>
/// <param name="Languages">ISO 639-1, best first.</param>
/// <param name="Products">Product words they own (matched in SKU and name, case-insensitive); empty owns none.</param>
/// <param name="MaxOpenDeals">At this many open deals they get no new one; 0 gets none at all.</param>
/// <param name="Absences">When they are away.</param>
/// <param name="Deputy">Who decides for them meanwhile; null is nobody.</param>
public sealed record StaffMember(
    StaffId Id,
    string Name,
    string Email,
    StaffRole Role,
    IReadOnlyList<string> Regions,
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> Products,
    int MaxOpenDeals,
    IReadOnlyList<Absence> Absences,
    StaffId? Deputy);

/// <summary>Days away, both included, in the company's zone.</summary>
public sealed record Absence(DateOnly From, DateOnly To, string Reason);

/// <summary>Weights of the inquiry score; the sum is cut to 0..100. See DOMAIN: scoring sample.</summary>
/// <param name="HotFrom">Scores at or above are hot.</param>
/// <param name="WarmFrom">Scores at or above are warm; below is cold.</param>
/// <param name="RejectBelow">Scores below are rejected as not serious.</param>
public sealed record ScoringPolicy(
    int Base,
    int CompanyEmail,
    int QuantityAtLeastMoq,
    int TargetPriceAtLeastFloor,
    int VerifiedBuyer,
    int NamedProduct,
    int PriorityCountry,
    int DeliveryTermGiven,
    int RepeatCustomer,
    int FreeMailWithoutCompany,
    int SpamWords,
    int BlankMessage,
    int HotFrom,
    int WarmFrom,
    int RejectBelow,
    IReadOnlyList<string> FreeMailDomains,
    IReadOnlyList<string> SpamTerms,
    IReadOnlyList<string> PriorityCountries,
    IReadOnlyList<ProductPolicy> Products);

/// <summary>What the company sells, as far as scoring and assignment must know.</summary>
/// <param name="Sku">Matched case-insensitively.</param>
/// <param name="Moq">Minimum order quantity in the product's unit.</param>
/// <param name="Floor">Lowest unit price worth talking about.</param>
public sealed record ProductPolicy(string Sku, string Name, decimal Moq, Money Floor);

/// <summary>The first-response clock. Hours are business hours of the company.</summary>
/// <param name="NudgeAt">Share of the time after which the owner is reminded, such as 0.75.</param>
/// <param name="EscalateAt">Share after which the manager is notified, such as 1.0.</param>
/// <param name="ReassignAt">Share after which another owner takes over, such as 1.5.</param>
public sealed record FirstResponsePolicy(
    decimal HotHours, decimal WarmHours, decimal ColdHours, decimal NudgeAt, decimal EscalateAt, decimal ReassignAt);

/// <summary>Rules of quotations.</summary>
/// <param name="ValidityDays">Calendar days when the draft says nothing.</param>
/// <param name="MaxValidityDays">Longest validity that may be asked for.</param>
/// <param name="ReminderDaysBeforeExpiry">When owner and buyer are reminded.</param>
/// <param name="FloorMarginPercent">Below this margin the top level decides, whatever the discount.</param>
/// <param name="MaxRounds">Counter-offers before a manager is notified.</param>
/// <param name="SilenceDays">
/// Calendar days without a sign of life, and without an offer that still stands, after which a deal is lost.
/// </param>
public sealed record QuotationPolicy(
    int ValidityDays,
    int MaxValidityDays,
    int ReminderDaysBeforeExpiry,
    decimal FloorMarginPercent,
    int MaxRounds,
    int SilenceDays);

/// <summary>Who decides what. Levels are in order of rising authority.</summary>
/// <param name="Discount">By discount in per cent of the list price; a level's limit is included.</param>
/// <param name="Credit">By amount over the limit in the base currency.</param>
/// <param name="WriteOff">By amount in the base currency.</param>
/// <param name="ReminderHours">Business hours after which the approver is reminded.</param>
/// <param name="EscalateHours">Business hours after which the next level is asked.</param>
/// <param name="LinkDays">Calendar days a link lives.</param>
public sealed record ApprovalPolicy(
    decimal SalesDiscountPercent,
    IReadOnlyList<ApprovalLevel> Discount,
    IReadOnlyList<ApprovalLevel> Credit,
    IReadOnlyList<ApprovalLevel> WriteOff,
    decimal ReminderHours,
    decimal EscalateHours,
    int LinkDays);

/// <summary>One level of authority.</summary>
/// <param name="Role">Who decides at it.</param>
/// <param name="UpTo">Highest value it may decide, included; null is without limit.</param>
public sealed record ApprovalLevel(StaffRole Role, decimal? UpTo);

/// <summary>Credit.</summary>
/// <param name="DefaultLimit">
/// For customers without a credit file of their own; zero asks for approval of any open terms.
/// </param>
/// <param name="Ratings">Limit by rating.</param>
/// <param name="OverdueToleranceDays">Days overdue that a customer may be without a credit approval.</param>
/// <param name="ApprovalDays">Calendar days a credit approval is good for.</param>
public sealed record CreditPolicy(
    Money DefaultLimit, IReadOnlyDictionary<string, Money> Ratings, int OverdueToleranceDays, int ApprovalDays);

/// <summary>A payment schedule under a name, such as <c>TT30-70BL</c>.</summary>
/// <param name="Instalments">Their percentages sum to 100; the last one takes the rounding.</param>
public sealed record PaymentTermsPolicy(string Code, string Name, IReadOnlyList<InstalmentPolicy> Instalments);

/// <summary>What an instalment's due date hangs on.</summary>
public enum DueBasis
{
    /// <summary>The order's date.</summary>
    Order,

    /// <summary>The end of production.</summary>
    Production,

    /// <summary>The bill of lading's date.</summary>
    BillOfLading,

    /// <summary>The delivery's date.</summary>
    Delivery,
}

/// <summary>One part of a payment schedule.</summary>
/// <param name="Percent">Of the order's total.</param>
/// <param name="OffsetDays">Calendar days after the basis; 0 is at once.</param>
/// <param name="Gates">What must wait until it is paid; null is nothing.</param>
public sealed record InstalmentPolicy(
    string Name, decimal Percent, DueBasis Basis, int OffsetDays, Prerequisite? Gates);

/// <summary>What an unpaid instalment holds back.</summary>
public enum Prerequisite
{
    /// <summary>A deposit gates production.</summary>
    Production,

    /// <summary>A balance gates the documents.</summary>
    Documents,
}

/// <summary>Dunning ladders by customer segment; <c>standard</c> must be there.</summary>
public sealed record DunningPolicy(
    IReadOnlyDictionary<string, IReadOnlyList<DunningRung>> Ladders, decimal InterestPercentPerYear);

/// <summary>One reminder.</summary>
/// <param name="Level">Rising; the highest due is sent, never one below the last sent.</param>
/// <param name="Day">
/// Calendar days after the due date; negative is before. Moved to the buyer's next working day.
/// </param>
/// <param name="Tone">Chooses the mail's words.</param>
/// <param name="CopyRole">Staff notified besides the owner; null is nobody.</param>
/// <param name="CreditHold">Whether credit goes on hold with it.</param>
public sealed record DunningRung(int Level, int Day, DunningTone Tone, StaffRole? CopyRole, bool CreditHold);

/// <summary>How a reminder speaks.</summary>
public enum DunningTone
{
    /// <summary>Before due: a courtesy with the bank details.</summary>
    Courtesy,

    /// <summary>Friendly: asks for the transfer's copy.</summary>
    Friendly,

    /// <summary>Firm: states the open amount.</summary>
    Firm,

    /// <summary>Overdue: warns that shipments stop.</summary>
    Overdue,

    /// <summary>Formal demand with interest.</summary>
    Formal,

    /// <summary>Final notice.</summary>
    Final,
}

/// <summary>How payments are taken. Short by at most the smaller of the two is a bank fee.</summary>
/// <param name="ToleranceAmount">In the base currency; converted to the invoice's by the policy's rates.</param>
/// <param name="TolerancePercent">Of the open amount.</param>
public sealed record PaymentPolicy(decimal ToleranceAmount, decimal TolerancePercent);

/// <summary>The monthly review.</summary>
/// <param name="Day">Day of the following month, 1 to 28.</param>
/// <param name="Hour">Hour of that day in the company's zone.</param>
/// <param name="DiscountBudgetPercent">Discounts given may reach this share of list value.</param>
public sealed record ReviewPolicy(int Day, int Hour, decimal DiscountBudgetPercent);

/// <summary>How long ended things stay.</summary>
/// <param name="EndedInstanceDays">
/// Calendar days after which an ended instance's history is purged; ledger, timeline and audit stay.
/// </param>
/// <param name="WebhookDays">Calendar days a webhook's raw copy stays; at least 30.</param>
public sealed record RetentionPolicy(int EndedInstanceDays, int WebhookDays);

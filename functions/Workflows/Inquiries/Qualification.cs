using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>What the first look at an inquiry found.</summary>
/// <param name="Verdict">Go on, or why not.</param>
/// <param name="Reason">For people, when it does not go on.</param>
/// <param name="DuplicateOf">The open deal that it repeats, when it does.</param>
/// <param name="Customer">The buyer's company, found or new.</param>
/// <param name="Region">Policy region of the buyer's country.</param>
public sealed record Qualification(
    InquiryVerdict Verdict,
    string? Reason,
    DealId? DuplicateOf,
    CustomerId Customer,
    bool IsRepeatCustomer,
    string Region,
    Score Score,
    string PolicyVersion);

/// <summary>Two customers at one mail domain, of which a person must say whether they are one company.</summary>
/// <param name="Company">As the inquiry's buyer wrote it: hostile text.</param>
/// <param name="Other">The customer who was known first at the domain.</param>
/// <param name="OtherCompany">As its first buyer wrote it: hostile text.</param>
public sealed record CustomerQuestion(CustomerId Customer, string Company, CustomerId Other, string OtherCompany);

/// <summary>Whether an inquiry goes on.</summary>
public enum InquiryVerdict
{
    /// <summary>It does.</summary>
    Serious,

    /// <summary>It is spam and leaves the numbers.</summary>
    Spam,

    /// <summary>It repeats an open deal of the same buyer.</summary>
    Duplicate,
}

/// <summary>How promising an inquiry is, 0 to 100, and why.</summary>
/// <param name="Reasons">One line per rule that spoke, with its points.</param>
public sealed record Score(int Value, Temperature Temperature, IReadOnlyList<string> Reasons);

/// <summary>How fast an inquiry wants an answer.</summary>
public enum Temperature
{
    /// <summary>Within the policy's cold hours.</summary>
    Cold,

    /// <summary>Within its warm hours.</summary>
    Warm,

    /// <summary>Within its hot hours.</summary>
    Hot,
}

/// <summary>Who got it.</summary>
/// <param name="Owner">Null when nobody was free: the manager queue.</param>
/// <param name="Reason">For people: sticky owner, product, region and language, load.</param>
/// <param name="Manager">Who is notified when it needs a person.</param>
/// <param name="FirstResponse">When the first response is due.</param>
public sealed record Assignment(StaffId? Owner, string Reason, StaffId Manager, FirstResponsePlan FirstResponse);

/// <summary>When the first response is due, and what happens on the way. Times are UTC.</summary>
public sealed record FirstResponsePlan(DateTimeOffset NudgeAt, DateTimeOffset EscalateAt, DateTimeOffset ReassignAt);

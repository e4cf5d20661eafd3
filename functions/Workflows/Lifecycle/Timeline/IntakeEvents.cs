using Workflows.Inquiries;
using Workflows.Orders;
using Workflows.Trade;

namespace Workflows.Lifecycle.Timeline;

/// <summary>The inquiry came in.</summary>
/// <param name="Platform">The source's name.</param>
public sealed record InquiryTakenIn(string Platform) : DealEvent;

/// <summary>The inquiry was spam or a duplicate: the deal ended.</summary>
/// <param name="Reason">As the rule gave it.</param>
public sealed record InquiryRejected(string? Reason) : DealEvent;

/// <summary>A person let a rejected inquiry go on.</summary>
/// <param name="Reason">In the words of the person.</param>
public sealed record DealReinstated(string Reason) : DealEvent;

/// <summary>The inquiry is serious.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Reasons">What counted for or against it, as the rule gave it.</param>
public sealed record InquiryQualified(Temperature Temperature, int Score, IReadOnlyList<string> Reasons) : DealEvent;

/// <summary>Another customer has the buyer's mail domain under another company's name.</summary>
public sealed record CustomerQuestioned(CustomerQuestion Question) : DealEvent;

/// <summary>The buyer got no acknowledgement, because a limit of the day was reached.</summary>
public sealed record AcknowledgementWithheld(AcknowledgementLimit Limit) : DealEvent;

/// <summary>The deal got an owner by the assignment rule, or from the managers' queue.</summary>
/// <param name="Reason">As the rule, or the person who handed it over, gave it.</param>
public sealed record OwnerAssigned(StaffId Owner, string? Reason) : DealEvent;

/// <summary>A person handed the deal over.</summary>
/// <param name="From">Null when the deal had no owner.</param>
/// <param name="Reason">In the words of the person.</param>
public sealed record OwnerReplaced(StaffId? From, StaffId To, string Reason) : DealEvent;

/// <summary>The buyer wrote again on the same inquiry.</summary>
/// <param name="Excerpt">One line of the message: the buyer's words, hostile.</param>
public sealed record MessageReceived(string Excerpt) : DealEvent
{
    /// <summary>The message as far as it is sensible to read it here; null when the excerpt says all.</summary>
    public string? Words { get; init; }
}

/// <summary>A person answered the buyer.</summary>
/// <param name="Channel">One line, as the person named it.</param>
public sealed record ReplySent(string Channel) : DealEvent;

/// <summary>A signal came too late: the deal had changed meanwhile.</summary>
/// <param name="Signal">The signal's type, such as <c>MilestoneReached</c>.</param>
/// <param name="Milestone">Of a milestone; null for other signals.</param>
/// <param name="To">Of a handover; null for other signals.</param>
public sealed record SignalRefused(
    string Signal, MilestoneKind? Milestone, StaffId? To, DealRefusal Refusal) : DealEvent
{
    /// <summary>The refusal of a signal.</summary>
    public static SignalRefused Of(DealSignal signal, DealRefusal refusal) => new(
        signal.GetType().Name,
        (signal as MilestoneReached)?.Milestone.Kind,
        (signal as HandedOver)?.To,
        refusal);
}

/// <summary>A person gave the deal up before the order.</summary>
/// <param name="Reason">In the words of the person.</param>
public sealed record DealLost(string Reason) : DealEvent;

/// <summary>Neither buyer nor sales did anything for so long that the deal counts as lost.</summary>
public sealed record DealWentSilent(int Days) : DealEvent;

using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals.Kinds;

/// <summary>A receivable to be given up, as it stood when that was asked.</summary>
/// <param name="Payer">The buyer's company, or the person when there is none.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null is unknown.</param>
/// <param name="Invoice">Its number.</param>
/// <param name="Instalment">What the invoice is for, such as the deposit.</param>
/// <param name="Order">Our order number.</param>
/// <param name="Open">What is to be given up.</param>
/// <param name="Due">In the buyer's zone; null while its basis has not happened.</param>
/// <param name="OffsetDays">Calendar days from the basis to the due date.</param>
/// <param name="DunningLevel">Highest level sent; null if none.</param>
/// <param name="Reason">In the words of the person who asks.</param>
internal sealed record WriteOffSubject(
    string Payer,
    string? Country,
    string Invoice,
    string Instalment,
    string Order,
    Money Billed,
    Money Paid,
    Money Open,
    DateOnly? Due,
    DueBasis Basis,
    int OffsetDays,
    int? DunningLevel,
    string Reason)
    : ApprovalSubject(ApprovalKind.WriteOff)
{
    /// <summary>What the invoice holds back; null when that is nothing, or was not said yet.</summary>
    public Prerequisite? Gates { get; init; }

    internal override IReadOnlyList<ApprovalLevel> LevelsBy(Policy policy) =>
        policy.LevelsFor(Kind, policy.Company.ToBase(Open));

    internal override string Heading() => Text("Heading", Open, Invoice);

    internal override IReadOnlyList<ApprovalFact> Facts(SubjectContext context) =>
    [
        Fact("Buyer", Text("Buyer.Value", Payer, Country ?? ApprovalTexts.Get("Buyer.NoCountry"))),
        Fact("Invoice", Text("Invoice.Value", Invoice, Instalment, Order)),
        Fact("Billed", Billed),
        Fact("Paid", Paid),
        Fact("Open", Open),
        Fact("Due", DueText(context.Today)),
        Fact("Reminders", DunningLevel is { } level ? Text("Reminders.Value", level) : Text("Reminders.None")),
        .. Gates is { } gates
            ? [Fact("Opens", Text(SmallRest.Is(Open, Billed) ? $"Opens.{gates}" : "Opens.Nothing"))]
            : Array.Empty<ApprovalFact>(),
        Fact("Reason", Reason),
        Fact("Requester", context.Policy.NameOf(context.Requester)),
    ];

    private string DueText(DateOnly today)
    {
        if (Due is not { } due)
        {
            var basis = Text($"Basis.{Basis}");
            return OffsetDays switch
            {
                0 => Text("Due.AtOnce", basis),
                1 => Text("Due.DayAfter", basis),
                _ => Text("Due.DaysAfter", OffsetDays, basis),
            };
        }

        var days = today.DayNumber - due.DayNumber;
        return days > 0 ? Text("Due.Overdue", due, days) : Text("Due.NotOverdue", due);
    }
}

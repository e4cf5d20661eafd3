using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What a fulfilment remembers besides the deal.</summary>
internal sealed record FulfilmentProgress
{
    /// <summary>The order's invoices, one per instalment.</summary>
    public required IReadOnlyList<Invoice> Invoices { get; init; }

    /// <summary>How the collections ended that have ended; one that failed left its invoice open.</summary>
    public required IReadOnlyDictionary<InvoiceId, InvoiceStatus> Ended { get; init; }

    /// <summary>The owner whom the collections know.</summary>
    public required StaffId? Owner { get; init; }

    /// <summary>Credit is clear for the shipment.</summary>
    public bool ShipmentCleared { get; init; }

    /// <summary>Credit was not granted for the shipment; null if it was not asked, or was clear.</summary>
    public CreditRefusal? Refusal { get; init; }

    /// <summary>When credit is checked again, UTC; null before the first check.</summary>
    public DateTimeOffset? CheckCreditAgainAt { get; init; }

    /// <summary>The timeline says that the balance is in.</summary>
    public bool DocumentsReleased { get; init; }

    /// <summary>Invoices whose collection runs.</summary>
    public IEnumerable<Invoice> Running => Invoices.Where(invoice => !Ended.ContainsKey(invoice.Id));

    /// <summary>Small rests of invoices that were written off after the other money had come in.</summary>
    public IReadOnlyDictionary<InvoiceId, Money> GivenUpRests { get; init; } = new Dictionary<InvoiceId, Money>();

    /// <summary>
    /// Whether every invoice that opens something is paid, but for a small rest that was written off. One that was
    /// written off for more opens nothing: goods and papers stay here until a person cancels.
    /// </summary>
    public bool IsPaid(Prerequisite prerequisite) => Invoices.Where(invoice => invoice.Gates == prerequisite)
        .All(invoice => GivenUpRests.ContainsKey(invoice.Id)
            || Ended.GetValueOrDefault(invoice.Id, InvoiceStatus.Open) == InvoiceStatus.Paid);

    /// <summary>The rests that were written off of the invoices which open something.</summary>
    public IEnumerable<RestWrittenOff> RestsOf(Prerequisite prerequisite) =>
        from invoice in Invoices
        where invoice.Gates == prerequisite && GivenUpRests.ContainsKey(invoice.Id)
        select new RestWrittenOff(invoice.Number, GivenUpRests[invoice.Id], prerequisite);
}

/// <summary>What a fulfilment decides: the deal's changes, its own progress, and signals to its collections.</summary>
internal sealed record FulfilmentDecision(
    DealChanges Changes,
    FulfilmentProgress Progress,
    IReadOnlyList<(InvoiceId Invoice, CollectionSignal Signal)> Signals);

/// <summary>
/// From the order to the last payment: deposits hold back production, credit the shipment, balances the documents, and
/// milestones set the due dates. Pure; <see cref="FulfilmentProcess"/> carries the decisions out.
/// </summary>
internal static class Fulfilment
{
    /// <summary>Whether everything is shipped and no collection runs.</summary>
    public static bool IsDone(Deal deal, FulfilmentProgress progress) =>
        deal.HasEnded || (IsShipped(deal) && !progress.Running.Any());

    /// <summary>Decides what the payments that are in release, and what stays held.</summary>
    public static FulfilmentDecision Release(DealState state, FulfilmentProgress progress, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        if (state.Deal.Stage == Stage.Ordered && progress.IsPaid(Prerequisite.Production))
        {
            var deposit = progress.Invoices.Any(invoice => invoice.Gates == Prerequisite.Production);
            NoteRests(changes, progress, Prerequisite.Production);
            changes.MoveTo(Stage.Fulfilling, StaffId.System, new ProductionReleased(deposit));
        }

        var holdsDocuments = progress.Invoices.Any(invoice => invoice.Gates == Prerequisite.Documents);
        if (!progress.DocumentsReleased
            && IsShipped(state.Deal) && holdsDocuments && progress.IsPaid(Prerequisite.Documents))
        {
            progress = progress with { DocumentsReleased = true };
            NoteRests(changes, progress, Prerequisite.Documents);
            changes.Note(StaffId.System, new DocumentsReleased());
        }

        return WithHolds(changes, progress);
    }

    /// <summary>Whether credit is to be checked before the goods leave.</summary>
    public static bool ChecksShipment(Deal deal, FulfilmentProgress progress, DateTimeOffset now) =>
        IsProduced(deal) && !IsShipped(deal) && !progress.ShipmentCleared && !(now < progress.CheckCreditAgainAt);

    /// <summary>Decides on the credit check of the shipment, unless the deal was given up meanwhile.</summary>
    public static FulfilmentDecision Decide(
        DealState state, FulfilmentProgress progress, CreditRefusal? refusal, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        if (refusal is not null && refusal != progress.Refusal)
        {
            changes.Note(refusal.Outcome.DecidedBy, new ShipmentHeld(refusal.Outcome.Comment));
        }

        return WithHolds(changes, progress with
        {
            ShipmentCleared = refusal is null,
            Refusal = refusal,
            CheckCreditAgainAt = now.AddDays(1),
        });
    }

    /// <summary>Decides on a milestone that <see cref="DealRules"/> lets through: it may set due dates.</summary>
    public static FulfilmentDecision Decide(
        DealState state, FulfilmentProgress progress, MilestoneReached reached, DateTimeOffset now)
    {
        var milestone = reached.Milestone;
        var changes = new DealChanges(state, now);
        changes.Deal = changes.Deal with { Milestones = [.. changes.Deal.Milestones, milestone] };
        changes.MoveTo(
            milestone.Kind == MilestoneKind.Shipped ? Stage.Collecting : changes.Deal.Stage,
            reached.By,
            new MilestoneRecorded(milestone.Kind, milestone.Date, milestone.Reference?.ShortenedLine(80)));
        if (BasisOf(milestone.Kind) is not { } basis)
        {
            return new FulfilmentDecision(changes, progress, []);
        }

        return new FulfilmentDecision(changes, progress, Signal(
            progress.Running.Where(invoice => invoice.Basis == basis),
            id => new Anchored($"{id}|{basis}", reached.By, basis, milestone.Date)));
    }

    /// <summary>Decides whether the collections are to know another owner.</summary>
    public static FulfilmentDecision FollowOwner(DealState state, FulfilmentProgress progress, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        return state.Deal.Owner is { } successor && successor != progress.Owner
            ? new FulfilmentDecision(changes, progress with { Owner = successor }, Signal(
                progress.Running, id => new OwnerChanged($"{id}|{successor}|{now:O}", StaffId.System, successor)))
            : new FulfilmentDecision(changes, progress, []);
    }

    /// <summary>Decides on giving the order up: its collections end first.</summary>
    public static FulfilmentDecision Decide(
        DealState state, FulfilmentProgress progress, GivenUp given, DateTimeOffset now) => new(
            new DealChanges(state, now),
            progress,
            Signal(progress.Running, id => new OrderCancelled($"{id}|cancelled", given.By, given.Reason)));

    /// <summary>What the deal waits for now.</summary>
    public static Waiting Next(Deal deal, FulfilmentProgress progress, DateTimeOffset now)
    {
        return deal switch
        {
            { Stage: Stage.Ordered } => Wait(WaitingFor.Deposit, "buyer"),
            _ when !IsProduced(deal) => Wait(WaitingFor.Production, "operations"),
            _ when !progress.ShipmentCleared => Wait(WaitingFor.ShipmentCredit, "finance") with
            {
                Until = progress.CheckCreditAgainAt,
                Then = WaitingThen.CheckCreditAgain,
            },
            _ when !IsShipped(deal) => Wait(WaitingFor.Shipment, "operations"),
            _ => Wait(WaitingFor.Payment, "buyer") with { OpenInvoices = progress.Running.Count() },
        };

        Waiting Wait(WaitingFor what, string whom) => new(what, whom, now, Until: null, Then: null);
    }

    private static void NoteRests(DealChanges changes, FulfilmentProgress progress, Prerequisite prerequisite)
    {
        foreach (var rest in progress.RestsOf(prerequisite))
        {
            changes.Note(StaffId.System, rest);
        }
    }

    private static FulfilmentDecision WithHolds(DealChanges changes, FulfilmentProgress progress)
    {
        changes.Deal = changes.Deal with { Holds = [.. Holds(changes.Deal, progress)] };
        return new FulfilmentDecision(changes, progress, []);
    }

    private static IEnumerable<Hold> Holds(Deal deal, FulfilmentProgress progress)
    {
        if (!progress.IsPaid(Prerequisite.Production))
        {
            yield return new Hold(MilestoneKind.Produced);
        }

        if (IsProduced(deal) && !progress.ShipmentCleared)
        {
            yield return new Hold(MilestoneKind.Shipped);
        }

        if (!progress.IsPaid(Prerequisite.Documents))
        {
            yield return new Hold(MilestoneKind.DocumentsSent);
        }
    }

    private static IReadOnlyList<(InvoiceId Invoice, CollectionSignal Signal)> Signal(
        IEnumerable<Invoice> invoices, Func<InvoiceId, CollectionSignal> signal) =>
        [.. invoices.Select(invoice => (invoice.Id, signal(invoice.Id)))];

    private static bool IsProduced(Deal deal) => DealRules.HasReached(deal, MilestoneKind.Produced);

    private static bool IsShipped(Deal deal) => DealRules.HasReached(deal, MilestoneKind.Shipped);

    private static DueBasis? BasisOf(MilestoneKind kind) => kind switch
    {
        MilestoneKind.Produced => DueBasis.Production,
        MilestoneKind.Shipped => DueBasis.BillOfLading,
        MilestoneKind.Delivered => DueBasis.Delivery,
        _ => null,
    };
}

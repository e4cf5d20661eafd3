using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// From the order to the last payment: one collection per invoice runs beside, deposits hold back production, balances
/// the documents, milestones set the due dates.
/// </summary>
internal sealed class Fulfilment(DealProcess process, IReadOnlyList<Invoice> invoices)
{
    private readonly Dictionary<InvoiceId, Task<CollectionResult>> _collections = [];
    private DateTimeOffset? _checkCreditAgainAt;
    private CreditRefusal? _refusal;
    private bool _shipmentCleared;
    private bool _documentsReleased;
    private StaffId? _owner = process.Deal.Owner;

    private Deal Deal => process.Deal;

    /// <summary>Runs until everything is shipped and settled, or the order was cancelled.</summary>
    public async Task RunAsync()
    {
        Collect();
        while (!Deal.HasEnded && !(Shipped && _collections.Values.All(collection => collection.IsCompleted)))
        {
            ReleaseProduction();
            ReleaseDocuments();
            // Before anything is waited for, a decision on credit included: what is held is refused meanwhile.
            process.Deal = Deal with { Holds = [.. Holds()] };
            await ClearShipmentAsync();
            SignalNewOwner();
            if (Deal.HasEnded)
            {
                return;
            }

            process.Deal = Deal with { Holds = [.. Holds()] };
            var running = _collections.Values.Where(collection => !collection.IsCompleted);
            var signal = await process.WaitAsync(WaitingFor(), running);
            SignalNewOwner();
            switch (signal)
            {
                case MilestoneReached reached:
                    Reach(reached);
                    break;
                case GivenUp given:
                    await CancelAsync(given);
                    break;
            }
        }

        ReleaseDocuments();
    }

    /// <summary>How every invoice ended.</summary>
    public async Task<IReadOnlyList<CollectionResult>> ResultsAsync() => await Task.WhenAll(_collections.Values);

    private bool Shipped => DealRules.HasReached(Deal, MilestoneKind.Shipped);

    private bool Produced => DealRules.HasReached(Deal, MilestoneKind.Produced);

    private void Collect()
    {
        foreach (var invoice in invoices)
        {
            _collections[invoice.Id] = Collection.CallAsync(
                process.Context, new CollectionInput(invoice, Deal.Inquiry),
                new SubOrchestrationCallOptions(invoice.Id.Value));
        }
    }

    private void ReleaseProduction()
    {
        if (Deal.Stage == Stage.Ordered && IsPaid(Prerequisite.Production))
        {
            var deposit = invoices.Any(invoice => invoice.Gates == Prerequisite.Production);
            process.MoveTo(
                Stage.Fulfilling, StaffId.System,
                deposit ? "Deposit received: production released" : "Production released");
        }
    }

    private void ReleaseDocuments()
    {
        var holdsDocuments = invoices.Any(invoice => invoice.Gates == Prerequisite.Documents);
        if (!_documentsReleased && Shipped && holdsDocuments && IsPaid(Prerequisite.Documents))
        {
            _documentsReleased = true;
            process.Note(StaffId.System, "Balance received: the original documents may go to the buyer");
        }
    }

    private async Task ClearShipmentAsync()
    {
        if (!Produced || Shipped || _shipmentCleared || process.Now < _checkCreditAgainAt)
        {
            return;
        }

        var givenUp = default(GivenUp);
        var refusal = await Ordering.ClearShipmentAsync(process, _refusal, given => givenUp = given);
        if (givenUp is not null)
        {
            await CancelAsync(givenUp);
            return;
        }

        _shipmentCleared = refusal is null;
        _checkCreditAgainAt = process.Now.AddDays(1);
        if (refusal is not null && refusal != _refusal)
        {
            process.Note(refusal.Outcome.DecidedBy, "Shipment held: credit was not granted", refusal.Outcome.Comment);
        }

        _refusal = refusal;
    }

    private IEnumerable<Hold> Holds()
    {
        if (!IsPaid(Prerequisite.Production))
        {
            yield return new Hold(MilestoneKind.Produced, "Production is held: the deposit is not paid.");
        }

        if (Produced && !_shipmentCleared)
        {
            yield return new Hold(MilestoneKind.Shipped, "Shipment is held: credit is not granted.");
        }

        if (!IsPaid(Prerequisite.Documents))
        {
            yield return new Hold(MilestoneKind.DocumentsSent, "The documents are held: the balance is not paid.");
        }
    }

    private Waiting WaitingFor()
    {
        var since = process.Now;
        return Deal switch
        {
            { Stage: Stage.Ordered } => new("the deposit", "buyer", since, null, null),
            _ when !Produced => new("the end of production", "operations", since, null, null),
            _ when !_shipmentCleared =>
                new("credit for the shipment", "finance", since, _checkCreditAgainAt, "Credit is checked again"),
            _ when !Shipped => new("shipment", "operations", since, null, null),
            _ => new($"payment of {Open} open invoice{(Open == 1 ? "" : "s")}", "buyer", since, null, null),
        };
    }

    private int Open => _collections.Values.Count(collection => !collection.IsCompleted);

    private void Reach(MilestoneReached reached)
    {
        var milestone = reached.Milestone;
        process.Deal = Deal with { Milestones = [.. Deal.Milestones, milestone] };
        var reference = milestone.Reference is { } text ? text.ShortenedLine(80) : null;
        if (milestone.Kind == MilestoneKind.Shipped)
        {
            process.MoveTo(Stage.Collecting, reached.By, $"Shipped on {DealTexts.Day(milestone.Date)}", reference);
        }
        else
        {
            process.Note(reached.By, $"{Words(milestone.Kind)} on {DealTexts.Day(milestone.Date)}", reference);
        }

        if (BasisOf(milestone.Kind) is { } basis)
        {
            // The others wait for something else.
            var due = invoices.Where(invoice => invoice.Basis == basis);
            SignalCollections(due, id => new Anchored($"{id}|{basis}", reached.By, basis, milestone.Date));
        }
    }

    private async Task CancelAsync(GivenUp given)
    {
        SignalCollections(invoices, id => new OrderCancelled($"{id}|cancelled", given.By, given.Reason));
        await Task.WhenAll(_collections.Values);
        await CancelOrder.CallAsync(process.Context, new CancelOrderInput(Deal.Id, Deal.Qualification!.Customer));
        process.End(Stage.Cancelled, given.By, "Cancelled", given.Reason);
    }

    private void SignalNewOwner()
    {
        if (Deal.Owner is { } successor && successor != _owner)
        {
            _owner = successor;
            SignalCollections(
                invoices, id => new OwnerChanged($"{id}|{successor}|{process.Now:O}", StaffId.System, successor));
        }
    }

    private void SignalCollections(IEnumerable<Invoice> whose, Func<InvoiceId, CollectionSignal> signal)
    {
        foreach (var id in whose.Select(invoice => invoice.Id))
        {
            if (!_collections[id].IsCompleted)
            {
                CollectionSignal.Event.Send(process.Context, id.Value, signal(id));
            }
        }
    }

    // An invoice that was given up opens nothing: the goods and the papers stay with us until somebody cancels.
    private bool IsPaid(Prerequisite prerequisite) =>
        invoices.Where(invoice => invoice.Gates == prerequisite).All(invoice =>
        _collections[invoice.Id] is { IsCompletedSuccessfully: true, Result.Status: InvoiceStatus.Paid });

    private static DueBasis? BasisOf(MilestoneKind kind) => kind switch
    {
        MilestoneKind.Produced => DueBasis.Production,
        MilestoneKind.Shipped => DueBasis.BillOfLading,
        MilestoneKind.Delivered => DueBasis.Delivery,
        _ => null,
    };

    private static string Words(MilestoneKind kind) => kind switch
    {
        MilestoneKind.Produced => "Production ended",
        MilestoneKind.DocumentsSent => "Documents sent",
        MilestoneKind.Delivered => "Delivered",
        _ => kind.ToString(),
    };
}

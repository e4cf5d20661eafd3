using Workflows.Receivables;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.History;
using Workflows.Trade;
using static Workflows.Tests.Receivables.Given;

namespace Workflows.Tests.Receivables;

/// <summary>Collections of before keep one dispute and one promise; from now on an invoice keeps each.</summary>
public sealed class OlderCollectionTests
{
    private static readonly StaffId Jonas = new("jonas");
    private static readonly DateTimeOffset Now = new(2025, 10, 3, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_second_dispute_takes_the_place_of_the_first_as_it_did()
    {
        var file = Decide(Older, Dispute("d1", 8_000));
        file = Decide(file, Dispute("d2", 3_000));

        Assert.Equal(Usd(3_000), file.Invoice.Disputed);
        Assert.Null(file.Invoice.Disputes);
        Assert.Null(Decide(file, new DisputeResolved("d3", Jonas, null)).Invoice.PauseEndedAt);
    }

    [Fact]
    public void A_second_promise_is_refused_as_it_was()
    {
        var file = Decide(Older, Promise("p1", "2025-10-10"));
        file = CollectionActions.Decide(file, new NextAction(ActionKind.EndPromise, Now, ""), Now).File;
        file = Decide(file, Promise("p2", "2025-10-20"));

        Assert.Null(file.Invoice.Promises);
        Assert.Equal(
            new RequestRefused(InvoiceRequest.Promise, new InvoiceRefusal.PromisedBefore(Day("2025-10-10"))),
            file.Entries[^1].What);
    }

    [Fact]
    public void The_one_dispute_and_promise_of_an_older_row_stand_beside_the_new_ones()
    {
        var file = Decide(Older, Dispute("d1", 8_000));
        file = Decide(file, Promise("p1", "2025-10-10"));
        file = file with { Revision = CollectionFile.Present };
        file = CollectionActions.Decide(file, new NextAction(ActionKind.EndPromise, Now, ""), Now).File;

        file = Decide(Decide(file, Dispute("d2", 3_000)), Promise("p2", "2025-10-20"));

        Assert.Equal(Usd(11_000), file.Invoice.Disputed);
        Assert.Equal(
            [(Usd(8_000), null), (Usd(3_000), Jonas)],
            file.Invoice.Disputes!.Select(dispute => (dispute.Amount, dispute.By)));
        Assert.Equal(
            [(Day("2025-10-10"), PromiseState.Broken), (Day("2025-10-20"), PromiseState.Standing)],
            file.Invoice.Promises!.Select(promise => (promise.Date, promise.State)));
        Assert.Equal(Now, file.Invoice.PauseEndedAt);
    }

    private static CollectionFile Older { get; } = CollectionFile.Of(Invoice(20_000, Day("2025-09-30"))) with
    {
        Plan = ReminderPlan.Empty,
        Revision = CollectionFile.KeepsRefusals,
    };

    private static CollectionFile Decide(CollectionFile file, CollectionSignal signal) =>
        CollectionSignals.Decide(file, signal, Now).File;

    private static Disputed Dispute(string id, decimal amount) =>
        new(id, Jonas, Usd(amount), "scratched", Day("2025-10-20"));

    private static Promised Promise(string id, string day) => new(id, Jonas, Day(day), Comment: null);
}

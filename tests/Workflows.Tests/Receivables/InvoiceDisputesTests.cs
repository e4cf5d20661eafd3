using Workflows.Receivables;
using Workflows.Trade;
using static Workflows.Tests.Receivables.Given;

namespace Workflows.Tests.Receivables;

public sealed class InvoiceDisputesTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 3, 9, 0, 0, TimeSpan.Zero);

    private static readonly Invoice Twice = Add(
        Add(Invoice(10_000, Day("2025-09-30")), 8_000, "scratched", "2025-10-20"), 1_000, "missing", "2025-10-10");

    [Fact]
    public void Lists_go_by_the_sum_the_first_day_and_all_reasons() => Assert.Equal(
        (Usd(9_000), Usd(1_000), Day("2025-10-10"), "scratched; missing"),
        (Twice.Disputed, Twice.Claimed, Twice.DisputedUntil!.Value, Twice.DisputeReason));

    [Fact]
    public void What_ends_leaves_the_others_as_they_are()
    {
        var after = InvoiceDisputes.End(
            Twice, InvoiceDisputes.EndingOf(Twice), DisputeState.Lapsed, comment: null, Now);

        Assert.Equal((Usd(8_000), Day("2025-10-20")), (after.Disputed, after.DisputedUntil!.Value));
        Assert.Equal([DisputeState.Open, DisputeState.Lapsed], after.Disputes!.Select(dispute => dispute.State));
    }

    [Fact]
    public void No_more_is_in_dispute_than_is_open()
    {
        var paid = Twice with { Paid = Usd(9_500) };

        var after = InvoiceDisputes.End(
            paid, InvoiceDisputes.EndingOf(paid), DisputeState.Settled, comment: null, Now);

        Assert.Equal(Usd(500), after.Disputed);
    }

    [Fact]
    public void A_settled_invoice_has_none_that_is_open()
    {
        var closed = InvoiceDisputes.Close(Twice with { Paid = Usd(10_000) }, Now);

        Assert.Equal((Usd(0), null), (closed.Disputed, closed.DisputedUntil));
        Assert.All(
            closed.Disputes!,
            dispute => Assert.Equal((DisputeState.Closed, Now), (dispute.State, dispute.EndedAt)));
    }

    private static Invoice Add(Invoice invoice, decimal amount, string reason, string until) => InvoiceDisputes.Add(
        invoice, new Disputed("d", new StaffId("jonas"), Usd(amount), reason, Day(until)), Now);
}

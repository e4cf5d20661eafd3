using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Trade;
using static Workflows.Tests.Receivables.Given;

namespace Workflows.Tests.Receivables;

public sealed class InvoiceVersionsTests
{
    private static readonly Invoice Issued = Invoice(20_000, due: null);

    [Fact]
    public void The_version_of_a_day_is_the_last_one_until_its_end()
    {
        var invoice = InvoiceVersions.Note(Issued, Day("2025-08-01"));
        invoice = InvoiceVersions.Note(invoice with { Due = Day("2025-09-30") }, Day("2025-08-20"));
        invoice = InvoiceVersions.Note(invoice with { Disputed = Usd(3_000) }, Day("2025-08-20"));
        invoice = InvoiceVersions.Note(invoice, Day("2025-08-25"));

        Assert.Equal(2, invoice.Versions!.Count);
        Assert.Null(InvoiceVersions.On(invoice, Day("2025-08-19")).Due);
        Assert.Equal(
            (Day("2025-09-30"), Usd(3_000)),
            (InvoiceVersions.On(invoice, Day("2025-08-20")).Due!.Value,
                InvoiceVersions.On(invoice, Day("2025-08-20")).Disputed));
    }

    [Fact]
    public void An_older_row_is_known_by_its_history()
    {
        var row = Issued with { Due = Day("2025-10-05"), Owner = new StaffId("mei") };
        InvoiceEntry[] history =
        [
            Entry("2025-08-01", new Issued("INV-1", Usd(20_000), null, DueBasis.BillOfLading, 30)),
            Entry("2025-08-20", new DueDateSet(Day("2025-09-30"), DueBasis.BillOfLading, 30, Day("2025-08-31"))),
            Entry("2025-08-22", new DisputeRecorded(Usd(8_000), Day("2025-09-20"), "scratched")),
            Entry("2025-08-23", new DisputeRecorded(Usd(3_000), Day("2025-09-20"), "missing")),
            Entry("2025-08-24", new InvoiceOwnerReplaced(new StaffId("mei"))),
            Entry("2025-08-25", new DisputeSettled("agreed")),
            Entry("2025-08-26", new DueDateCorrected(
                Day("2025-09-30"), Day("2025-10-05"), DueBasis.BillOfLading, 30, Day("2025-09-05"))),
        ];

        var known = InvoiceVersions.FromHistory(row, history, PolicyLoader.Default().Company);

        Assert.Equal(
            [
                "08-19  0", "08-20 09-30 0", "08-22 09-30 8000", "08-23 09-30 3000", "08-25 09-30 0", "08-26 10-05 0",
            ],
            from day in new[] { "08-19", "08-20", "08-22", "08-23", "08-25", "08-26" }
            let then = InvoiceVersions.On(known, Day($"2025-{day}"))
            select $"{day} {then.Due:MM-dd} {then.Disputed.Amount:0}");
        Assert.Equal(new StaffId("mei"), InvoiceVersions.On(known, Day("2025-08-01")).Owner);
    }

    [Fact]
    public void A_row_of_which_nothing_is_known_is_what_it_is_now() =>
        Assert.Equal(Issued.Owner, InvoiceVersions.On(Issued, Day("2025-08-01")).Owner);

    private static InvoiceEntry Entry(string day, InvoiceEvent what) => new(
        1, StaffId.System, new DateTimeOffset(Day(day), new TimeOnly(4, 0), TimeSpan.Zero), InvoiceStatus.Open, what);
}

using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Trade;
using static Workflows.Tests.Receivables.Given;

namespace Workflows.Tests.Receivables;

/// <summary>Rows that an older version wrote are read as their date and open amount say.</summary>
public sealed class InvoiceStandingTests
{
    private static readonly DateTimeOffset Berlin0001 = new(2025, 9, 30, 22, 1, 0, TimeSpan.Zero);

    [Fact]
    public void A_part_paid_row_is_overdue_from_the_buyers_day_after_its_due_date()
    {
        var partPaid = Invoice(20_000, Day("2025-09-30")) with { Status = InvoiceStatus.PartPaid };

        Assert.Equal(InvoiceStatus.PartPaid, Standing(partPaid, Berlin0001.AddMinutes(-2)));
        Assert.Equal(InvoiceStatus.Overdue, Standing(partPaid, Berlin0001));
    }

    [Theory]
    [InlineData(InvoiceStatus.Paid)]
    [InlineData(InvoiceStatus.WrittenOff)]
    [InlineData(InvoiceStatus.Cancelled)]
    public void What_is_settled_is_not_overdue(InvoiceStatus settled) =>
        Assert.Equal(settled, Standing(Invoice(20_000, Day("2025-09-30")) with { Status = settled }, Berlin0001));

    [Fact]
    public async Task The_list_of_overdue_invoices_holds_part_paid_rows_whose_date_has_passed()
    {
        await using var given = await CollectionScenario.StartAsync("2025-10-20T02:00:00Z");
        var id = new InvoiceId($"{Deal}-I1");
        var row = Invoice(20_000, Day("2025-09-30")) with
        {
            Status = InvoiceStatus.PartPaid,
            Paid = Usd(5_000),
        };
        await InvoiceRepository.IssueAsync(given.Scenario.Tables, [row], FirstEntry, given.Bound);

        Assert.Equal([id], await ListAsync(given, InvoiceStatus.Overdue));
        Assert.Empty(await ListAsync(given, InvoiceStatus.PartPaid));
        Assert.Equal(InvoiceStatus.Overdue, (await given.FindAsync(id)).Status);
    }

    private static InvoiceEntry FirstEntry(Invoice invoice) => new(
        1, StaffId.System, invoice.IssuedAt, invoice.Status,
        new Issued(invoice.Number, invoice.Amount, invoice.Due, invoice.Basis, invoice.OffsetDays));

    private static async Task<IEnumerable<InvoiceId>> ListAsync(CollectionScenario given, InvoiceStatus status) =>
        (await given.Service.ListAsync(InvoiceFilter.Of(status), 1, null, given.Bound)).Items
        .Select(invoice => invoice.Id);

    private static InvoiceStatus Standing(Invoice invoice, DateTimeOffset now) =>
        InvoiceStanding.At(invoice, PolicyLoader.Default(), now).Status;
}

using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

public sealed class InvoicePlacesTests
{
    [Fact]
    public async Task A_settled_invoice_that_learns_of_more_money_is_listed_once()
    {
        await using var given = await CollectionScenario.StartAsync();
        var paid = Given.Invoice(1_000, Given.Day("2025-09-30")) with
        {
            Customer = given.Customer,
            Status = InvoiceStatus.Paid,
            SettledOn = Given.Day("2025-10-01"),
        };
        await InvoiceRepository.SaveAsync(given.Scenario.Tables, paid, InvoiceMark.Of(paid), [], given.Bound);
        var late = new Movement(
            Given.Day("2025-09-29"), MovementKind.Payment, Given.Usd(0), "BANK-LATE", StaffId.System)
        {
            KnownOn = Given.Day("2025-10-03"),
        };
        var after = paid with { Movements = [.. paid.Movements, late] };

        await InvoiceRepository.SaveAsync(given.Scenario.Tables, after, InvoiceMark.Of(paid), [], given.Bound);

        var listed = await InvoiceRepository.ListAsync(
            given.Scenario.Tables, InvoiceFilter.Of(InvoiceStatus.Paid), 10, continuation: null, given.Bound);
        Assert.Single(listed.Items);
    }
}

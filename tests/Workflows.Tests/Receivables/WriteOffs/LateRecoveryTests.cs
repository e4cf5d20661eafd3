using Workflows.Credit;
using Workflows.Facts;
using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Receivables.WriteOffs;
using Workflows.Trade;
using static Workflows.Tests.Receivables.Given;

namespace Workflows.Tests.Receivables.WriteOffs;

public sealed class LateRecoveryTests
{
    private static readonly StaffId Lin = new("lin");

    [Fact]
    public async Task Money_that_is_booked_again_after_a_crash_counts_once()
    {
        await using var given = await CollectionScenario.StartAsync();
        var lost = await LostAsync(given);

        await BookAsync(given, lost, 4_000, "BANK-1");
        var again = await BookAsync(given, lost, 4_000, "BANK-1");

        Assert.Equal(Usd(4_000), again);
        Assert.Equal(Usd(4_000), (await given.FindAsync(lost.Id)).Recovered);
        Assert.Single(await HistoryAsync(given, lost));
        Assert.Single(
            await FactLog.ReadAsync(given.Scenario.Tables, "2025-09", given.Bound),
            fact => fact.Kind == FactKind.Recovered);
        Assert.Equal(Usd(6_000), (await SheetAsync(given)).Defaults.Single().Amount);
    }

    [Fact]
    public async Task Payments_at_the_same_time_recover_no_more_than_was_lost()
    {
        await using var given = await CollectionScenario.StartAsync();
        var lost = await LostAsync(given);

        var booked = await Task.WhenAll(
            Enumerable.Range(1, 4).Select(number => BookAsync(given, lost, 4_000, $"BANK-{number}")));

        Assert.Equal(10_000, booked.Sum(amount => amount.Amount));
        Assert.Equal(Usd(10_000), (await given.FindAsync(lost.Id)).Recovered);
        Assert.Empty((await SheetAsync(given)).Defaults);
    }

    [Fact]
    public async Task Nothing_is_recovered_of_an_invoice_that_was_paid()
    {
        await using var given = await CollectionScenario.StartAsync();
        var paid = Invoice(10_000, Day("2025-09-30")) with { Status = InvoiceStatus.Paid };

        Assert.Equal(Usd(0), await BookAsync(given, paid, 4_000, "BANK-1"));
    }

    private static async Task<Invoice> LostAsync(CollectionScenario given)
    {
        var lost = Invoice(10_000, Day("2025-09-30")) with
        {
            Customer = given.Customer,
            Status = InvoiceStatus.WrittenOff,
            WrittenOff = Usd(10_000),
            SettledOn = Day("2025-09-01"),
        };
        await InvoiceRepository.IssueAsync(
            given.Scenario.Tables,
            [lost],
            invoice => new InvoiceEntry(
                1, StaffId.System, invoice.IssuedAt, invoice.Status, new WrittenOff(Usd(10_000), null)),
            given.Bound);
        return lost;
    }

    private static Task<Money> BookAsync(CollectionScenario given, Invoice invoice, decimal amount, string reference) =>
        LateRecovery.BookAsync(
            given.Scenario.Tables, given.Scenario.Policy, invoice, Payment(amount, reference).Payment, Lin,
            given.Scenario.Clock.GetUtcNow(), given.Bound);

    private static async Task<IEnumerable<InvoiceEvent>> HistoryAsync(CollectionScenario given, Invoice invoice) =>
        (await given.Service.HistoryAsync(invoice.Id, given.Bound)).Select(entry => entry.What)
        .OfType<MoneyRecovered>();

    private static Task<ExposureSheet> SheetAsync(CollectionScenario given) =>
        ExposureRepository.ReadAsync(given.Scenario.Tables, given.Customer, given.Bound);
}

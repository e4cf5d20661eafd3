using Workflows.Credit;
using Workflows.Customers;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Payments;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

public class PaymentServiceTests
{
    [Fact]
    public async Task The_same_bank_reference_twice_at_once_is_one_payment()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");

        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => given.PayAsync(id, 5_000, "BANK-1")));
        await given.Scenario.SettleAsync();

        Assert.All(
            receipts,
            receipt => Assert.Contains(receipt.Outcome, new[] { PaymentOutcome.Booked, PaymentOutcome.Duplicate }));
        var invoice = await given.FindAsync(id);
        Assert.Equal((Usd(5_000), 1), (invoice.Paid, invoice.Movements.Count));
    }

    [Fact]
    public async Task The_same_reference_with_another_amount_waits_for_a_person()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.PayAsync(id, 5_000, "BANK-1");

        var receipt = await given.PayAsync(id, 6_000, "BANK-1");

        Assert.Equal(PaymentOutcome.PossibleDuplicate, receipt.Outcome);
        Assert.Contains("USD 5,000.00", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(Usd(5_000), (await given.FindAsync(id)).Paid);
        var waiting = (await given.Payments.ListOpenAsync(10, null, given.Bound)).Items.Single();
        Assert.Equal(("BANK-1", Usd(6_000)), (waiting.DuplicateOf, waiting.Payment.Amount));
    }

    [Fact]
    public async Task Many_payments_at_once_all_count_and_the_rest_is_credit()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(1_000, "2025-09-30");

        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => given.PayAsync(id, 100, $"BANK-{number}")));
        await given.Scenario.SettleAsync();

        var invoice = await given.FindAsync(id);
        var credit = (await CustomerBalanceRepository.OfAsync(given.Scenario.Tables, given.Customer, given.Bound))
            .Sum(balance => balance.Amount.Amount);
        Assert.Equal((InvoiceStatus.Paid, Usd(1_000), 2_000m), (invoice.Status, invoice.Paid, credit));
        var cash = (await FactLog.ReadAsync(given.Scenario.Tables, "2025-09", given.Bound))
            .Where(fact => fact.Kind == FactKind.CashReceived);
        Assert.Equal(3_000m, cash.Sum(fact => fact.BaseAmount));
    }

    [Fact]
    public async Task Money_for_a_settled_invoice_is_the_customers_credit()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(1_000, "2025-09-30");
        await given.PayAsync(id, 1_000, "BANK-1");
        await given.Scenario.SettleAsync();

        var receipt = await given.PayAsync(id, 1_000, "BANK-2");

        Assert.Equal(PaymentOutcome.Credited, receipt.Outcome);
        var standing = await given.Scenario.Get<CreditReport>().ForAsync(given.Customer, given.Bound);
        Assert.Equal(Usd(1_000), standing!.Exposure.Balance);
        Assert.Equal(Usd(25_000), standing.Available);
    }

    [Fact]
    public async Task Another_currency_is_kept_for_a_person_and_never_booked_by_itself()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(1_000, "2025-09-30");

        var receipt = await given.PayAsync(id, 1_000, "BANK-1", "EUR");
        var forced = await given.Payments.AssignAsync("BANK-1", id, new StaffId("lin"), given.Bound);

        Assert.Equal((PaymentOutcome.WrongCurrency, PaymentOutcome.WrongCurrency), (receipt.Outcome, forced.Outcome));
        Assert.Equal(Usd(0), (await given.FindAsync(id)).Paid);
        Assert.Equal(id, (await given.Payments.ListOpenAsync(10, null, given.Bound)).Items.Single().Invoice);
    }

    [Fact]
    public async Task A_payment_that_stopped_half_way_goes_on_to_the_invoice_that_was_chosen_for_it()
    {
        await using var given = await CollectionScenario.StartAsync();
        var (first, second) = (await given.DueAsync(1_000, "2025-09-30"), await given.DueAsync(1_000, "2025-09-30"));
        var payment = new Payment("BANK-1", second.Value, Usd(400), new DateOnly(2025, 9, 1), null, null);
        var kept = new ReceivedPayment(
            payment, new StaffId("lin"), given.Scenario.Clock.GetUtcNow(), PaymentState.Received, null, null);
        await PaymentRepository.KeepAsync(given.Scenario.Tables, kept, given.Bound);
        await PaymentRepository.ChooseAsync(given.Scenario.Tables, "BANK-1", first, given.Bound);

        await given.PayAsync(payment);
        await given.Scenario.SettleAsync();

        Assert.Equal((Usd(400), Usd(0)), ((await given.FindAsync(first)).Paid, (await given.FindAsync(second)).Paid));
    }

    [Fact]
    public async Task An_unknown_invoice_is_kept_until_a_person_places_it()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(1_000, "2025-09-30");
        var parked = await given.PayAsync(new InvoiceId("INV-2019/44 ?#"), 1_000, "BANK/1?#\u00e9");

        var placed = await given.Payments.AssignAsync(parked.Payment!.Id, id, new StaffId("lin"), given.Bound);

        Assert.Equal(PaymentOutcome.UnknownInvoice, parked.Outcome);
        Assert.Equal((PaymentOutcome.Booked, InvoiceStatus.Paid), (placed.Outcome, placed.Invoice!.Status));
        Assert.Empty((await given.Payments.ListOpenAsync(10, null, given.Bound)).Items);
    }

    [Fact]
    public async Task The_remittance_text_names_the_invoice()
    {
        await using var given = await CollectionScenario.StartAsync();
        var invoices = await given.BillAsync(Usd(50_000), "TT30-70BL");

        var exact = await given.PayAsync(null, 14_000, "BANK-1", text: "INV7K2M9QX4T3B11 VALVES");
        var byAmount = await given.PayAsync(null, 35_000, "BANK-2", text: "order so-7k2m-9qx4-t3b1");
        var silent = await given.PayAsync(null, 35_000, "BANK-3", text: "thank you");

        Assert.Equal((PaymentOutcome.Booked, invoices[0].Id), (exact.Outcome, exact.Invoice!.Id));
        Assert.Equal((PaymentOutcome.Booked, invoices[1].Id), (byAmount.Outcome, byAmount.Invoice!.Id));
        Assert.Equal(PaymentOutcome.Unmatched, silent.Outcome);
    }

    [Fact]
    public async Task A_payment_that_names_two_invoices_is_not_divided_by_guess()
    {
        await using var given = await CollectionScenario.StartAsync();
        await given.BillAsync(Usd(50_000), "TT30-70BL");

        var receipt = await given.PayAsync(null, 50_000, "BANK-1", text: "INV-7K2M-9QX4-T3B1-1 INV-7K2M-9QX4-T3B1-2");

        Assert.Equal(PaymentOutcome.Unmatched, receipt.Outcome);
        Assert.Contains("2 invoices", receipt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_that_comes_before_its_collection_is_booked_when_it_starts()
    {
        await using var given = await CollectionScenario.StartAsync();
        var deal = new DealId("D-1111-2222-3333");
        var instalments = PaymentSchedule.Of(Usd(900), given.Scenario.Policy.FindTerms("TT100")!);
        var order = new Order(
            "SO-1111-2222-3333", "Q", null, Usd(900), new DeliveryTerm(Incoterm.FOB, "Ningbo"), "TT100", instalments,
            given.Scenario.Clock.GetUtcNow());
        var inquiry = new Inquiry(
            "fair", "2", default, new Buyer("Anna", "Acme", "anna@acme.example", null, "DE", null, 0, true), [], "",
            null, null, false);
        var invoice = (await given.Scenario.IssueAsync(
            new IssueInput(deal, given.Customer, order, inquiry, new StaffId("jonas"), "emea"))).Single();

        var receipt = await given.PayAsync(invoice.Id, 900, "BANK-1");
        await Collection.ScheduleAsync(
            given.Scenario.Client, new CollectionInput(invoice, inquiry), new ScheduleOptions(invoice.Id.Value),
            given.Bound);
        await given.Scenario.SettleAsync();

        Assert.Equal(PaymentOutcome.Booked, receipt.Outcome);
        Assert.Equal(InvoiceStatus.Paid, (await given.FindAsync(invoice.Id)).Status);
    }

    [Theory]
    [InlineData("BANK-1", 0, "USD")]
    [InlineData("BANK-1", -5, "USD")]
    [InlineData("BANK-1", 10.5, "JPY")]
    [InlineData("BANK-1", 10.505, "EUR")]
    public async Task What_is_no_payment_is_refused_and_not_kept(string reference, decimal amount, string currency)
    {
        await using var given = await CollectionScenario.StartAsync();

        var receipt = await given.PayAsync(null, amount, reference, currency);

        Assert.Equal(PaymentOutcome.Refused, receipt.Outcome);
        Assert.Empty((await given.Payments.ListOpenAsync(10, null, given.Bound)).Items);
    }

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");
}

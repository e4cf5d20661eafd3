using Workflows.Credit;
using Workflows.Facts;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Reviews;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Receivables.Payments;

public sealed class BookPaymentTests
{
    private static readonly StaffId Lin = new("lin");

    [Fact]
    public async Task A_full_payment_ends_the_reminders_and_is_thanked_for_once()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-10-10");

        var receipt = await given.PayAsync(id, 20_000, "BANK-1");
        var again = await given.PayAsync(id, 20_000, "BANK-1");
        await given.UntilAsync("2025-12-31");

        Assert.Equal((PaymentOutcome.Booked, InvoiceStatus.Paid), (receipt.Outcome, receipt.Invoice!.Status));
        Assert.Equal(PaymentOutcome.Duplicate, again.Outcome);
        Assert.Equal(["09-23 L0", "10-01 L1", "10-07 L2"], await given.RemindersAsync());
        Assert.Single(await given.Scenario.MailsAsync<PaymentThanks>());
        var result = (await given.Scenario.Client.GetAsync(id.Value, given.Bound))!.ReadOutput<CollectionResult>()!;
        Assert.Equal(new CollectionResult(id, InvoiceStatus.Paid, Given.Usd(20_000), Given.Usd(0)), result);
        var cash = Assert.Single(
            await FactLog.ReadAsync(given.Scenario.Tables, "2025-10", given.Bound),
            fact => fact.Kind == FactKind.CashReceived);
        Assert.Equal(20_000m, cash.BaseAmount);
    }

    [Fact]
    public async Task A_part_payment_leaves_the_rest_to_be_asked_for_where_the_ladder_stood()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-10-10");

        await given.PayAsync(id, 12_000, "BANK-1");
        await given.UntilAsync("2025-10-15");

        var letter = (await given.Scenario.MailsAsync<PaymentReminder>())[^1];
        Assert.Equal((3, DunningTone.Overdue), (letter.Level, letter.Tone));
        Assert.Equal(Given.Usd(8_000), letter.Totals.Single());
        var invoice = await given.FindAsync(id);
        Assert.Equal((InvoiceStatus.Overdue, Given.Usd(8_000)), (invoice.Status, invoice.Open));
    }

    [Fact]
    public async Task A_short_payment_within_tolerance_is_a_bank_fee_and_beyond_it_a_part_payment()
    {
        await using var given = await CollectionScenario.StartAsync();
        var met = (await given.BillAsync(Given.Usd(50_000), "TT30-70BL"))[0].Id;
        var missed = (await given.BillAsync(Given.Usd(50_000), "TT30-70BL"))[0].Id;

        await given.PayAsync(met, 14_970, "BANK-1");
        await given.PayAsync(missed, 14_900, "BANK-2");
        await given.Scenario.SettleAsync();

        var (paid, part) = (await given.FindAsync(met), await given.FindAsync(missed));
        Assert.Equal((InvoiceStatus.Paid, Given.Usd(14_970), Given.Usd(30)), (paid.Status, paid.Paid, paid.BankFees));
        Assert.Equal((InvoiceStatus.PartPaid, Given.Usd(100)), (part.Status, part.Open));
    }

    [Fact]
    public async Task What_is_paid_too_much_is_the_customers_credit_and_holds_back_reminders_it_covers()
    {
        await using var given = await CollectionScenario.StartAsync();
        var first = await given.DueAsync(5_000, "2025-09-30");
        await given.PayAsync(first, 5_500, "BANK-1");
        var second = await given.DueAsync(400, "2025-10-01");

        await given.UntilAsync("2025-10-20");
        var sheet = await given.Scenario.Get<AgeingReport>().ForAsync(null, AgeingCount.Everything, given.Bound);
        var used = await given.Service.UseBalanceAsync(second, Lin, given.Bound);
        await given.Scenario.SettleAsync();
        var after = await given.Scenario.Get<AgeingReport>().ForAsync(null, AgeingCount.Everything, given.Bound);

        Assert.Equal((Given.Usd(500), Given.Usd(400)), (sheet.Base.Balance, sheet.Base.Days1To30));
        Assert.Empty(await given.RemindersAsync());
        Assert.Equal((SignalOutcome.Taken, InvoiceStatus.Paid), (used.Outcome, used.State!.Status));
        Assert.Equal((Given.Usd(100), Given.Usd(0)), (after.Base.Balance, after.Base.Open));
    }

    [Fact]
    public async Task A_bank_reference_that_looks_like_a_use_of_the_balance_takes_nothing_from_it()
    {
        await using var given = await CollectionScenario.StartAsync();
        var first = await given.DueAsync(5_000, "2025-09-30");
        await given.PayAsync(first, 5_500, "BANK-1");
        var second = await given.DueAsync(400, "2025-10-01");
        await given.PayAsync(second, 1, $"credit|BANK-1|{second}");

        var used = await given.Service.UseBalanceAsync(second, Lin, given.Bound);
        await given.Scenario.SettleAsync();

        var invoice = await given.FindAsync(second);
        Assert.Equal(SignalOutcome.Taken, used.Outcome);
        Assert.Equal((InvoiceStatus.Paid, Given.Usd(400)), (invoice.Status, invoice.Paid));
        var balances = await CustomerBalanceRepository.OfAsync(given.Scenario.Tables, given.Customer, given.Bound);
        Assert.Equal(Given.Usd(101), balances.Aggregate(Given.Usd(0), (sum, balance) => sum + balance.Remaining));
    }
}

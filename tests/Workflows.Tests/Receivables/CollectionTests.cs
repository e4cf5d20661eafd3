using Workflows.Customers;
using Workflows.Facts;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

public class CollectionTests
{
    private static readonly StaffId Lin = new("lin");

    [Fact]
    public async Task Reminders_follow_the_ladder_on_the_buyers_working_days()
    {
        await using var given = await CollectionScenario.StartAsync();
        await given.DueAsync(20_000, "2025-09-30");

        await given.UntilAsync("2025-12-31");

        Assert.Equal(
            ["09-23 L0", "10-01 L1", "10-07 L2", "10-15 L3", "10-30 L4", "12-01 L5", "12-29 L6"],
            await given.RemindersAsync());
    }

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
        Assert.Equal(new CollectionResult(id, InvoiceStatus.Paid, Usd(20_000), Usd(0)), result);
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
        Assert.Equal(Usd(8_000), letter.Totals.Single());
        var invoice = await given.FindAsync(id);
        Assert.Equal((InvoiceStatus.PartPaid, Usd(8_000)), (invoice.Status, invoice.Open));
    }

    [Fact]
    public async Task The_overdue_letter_puts_credit_on_hold_until_the_invoice_is_paid()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");

        await given.UntilAsync("2025-10-16");
        var held = await CustomerAsync(given);
        await given.PayAsync(id, 20_000, "BANK-1");
        await given.Scenario.SettleAsync();

        Assert.Equal(id, Assert.Single(held.Holds).Invoice);
        Assert.Contains("15 days overdue", held.Holds[0].Reason, StringComparison.Ordinal);
        Assert.False((await CustomerAsync(given)).IsOnHold);
        var told = (await given.Scenario.MailsAsync())
            .Where(mail => mail.Mail is ReceivableEscalated)
            .Select(mail => mail.To.Name);
        Assert.Equal(["Jonas Weber", "Hanna Lindqvist"], told);
    }

    [Fact]
    public async Task The_formal_demand_states_the_interest_and_it_stays_claimable()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");

        await given.UntilAsync("2025-10-30");
        await given.PayAsync(id, 20_000, "BANK-1");
        await given.Scenario.SettleAsync();

        Assert.Equal(Usd(131.51m), (await given.Scenario.MailsAsync<PaymentReminder>())[^1].Invoices.Single().Interest);
        var invoice = await given.FindAsync(id);
        Assert.Equal((InvoiceStatus.Paid, Usd(131.51m)), (invoice.Status, invoice.Interest));
    }

    [Fact]
    public async Task After_downtime_only_the_highest_level_due_goes_out_once()
    {
        await using var given = await CollectionScenario.StartAsync();
        await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-09-24");

        await given.Scenario.Engine.StopAsync();
        given.Scenario.Clock.AdvanceTo(new DateTimeOffset(2025, 10, 20, 10, 0, 0, TimeSpan.Zero));
        await given.Scenario.RestartAsync();
        await given.UntilAsync("2025-10-29");

        Assert.Equal(["09-23 L0", "10-20 L3"], await given.RemindersAsync());
    }

    [Fact]
    public async Task What_comes_due_over_the_buyers_weekend_waits_for_monday_as_one_reminder()
    {
        await using var given = await CollectionScenario.StartAsync();
        await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-09-24");

        await given.Scenario.Engine.StopAsync();
        given.Scenario.Clock.AdvanceTo(new DateTimeOffset(2025, 10, 18, 10, 0, 0, TimeSpan.Zero));
        await given.Scenario.RestartAsync();
        await given.UntilAsync("2025-10-22");

        Assert.Equal(["09-23 L0", "10-20 L3"], await given.RemindersAsync());
    }

    [Fact]
    public async Task An_invoice_whose_basis_has_not_happened_is_not_chased()
    {
        await using var given = await CollectionScenario.StartAsync();
        var invoices = await given.BillAsync(Usd(50_000), "TT30-70BL");

        await given.UntilAsync("2025-12-31");

        var balance = await given.FindAsync(invoices[1].Id);
        Assert.Equal((InvoiceStatus.NotAnchored, null), (balance.Status, balance.DunningLevel));
        Assert.Contains("bill of lading", balance.NextAction, StringComparison.Ordinal);
        Assert.All(
            await given.Scenario.MailsAsync<PaymentReminder>(),
            mail => Assert.Equal(invoices[0].Id, mail.Invoices.Single().Id));
        Assert.Equal(invoices[0].Id, Assert.Single(await given.Scenario.MailsAsync<InvoiceIssued>()).Invoice.Id);
    }

    [Fact]
    public async Task A_corrected_date_voids_the_old_plan()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-09-24");

        await given.SignalAsync(
            id, new Anchored("corrected", new StaffId("omar"), DueBasis.BillOfLading, Given.Day("2025-09-20")));
        await given.UntilAsync("2025-10-20");

        Assert.Equal(Given.Day("2025-10-20"), (await given.FindAsync(id)).Due);
        Assert.Equal(["09-23 L0", "10-13 L0"], await given.RemindersAsync());
        Assert.Equal(
            [false, true], (await given.Scenario.MailsAsync<InvoiceIssued>()).Select(mail => mail.IsCorrection));
    }

    [Fact]
    public async Task A_short_payment_within_tolerance_is_a_bank_fee_and_beyond_it_a_part_payment()
    {
        await using var given = await CollectionScenario.StartAsync();
        var met = (await given.BillAsync(Usd(50_000), "TT30-70BL"))[0].Id;
        var missed = (await given.BillAsync(Usd(50_000), "TT30-70BL"))[0].Id;

        await given.PayAsync(met, 14_970, "BANK-1");
        await given.PayAsync(missed, 14_900, "BANK-2");
        await given.Scenario.SettleAsync();

        var (paid, part) = (await given.FindAsync(met), await given.FindAsync(missed));
        Assert.Equal((InvoiceStatus.Paid, Usd(14_970), Usd(30)), (paid.Status, paid.Paid, paid.BankFees));
        Assert.Equal((InvoiceStatus.PartPaid, Usd(100)), (part.Status, part.Open));
    }

    [Fact]
    public async Task What_is_paid_too_much_is_the_customers_credit_and_holds_back_reminders_it_covers()
    {
        await using var given = await CollectionScenario.StartAsync();
        var first = await given.DueAsync(5_000, "2025-09-30");
        await given.PayAsync(first, 5_500, "BANK-1");
        var second = await given.DueAsync(400, "2025-10-01");

        await given.UntilAsync("2025-10-20");
        var sheet = await given.Scenario.Get<AgeingReport>().ForAsync(null, given.Bound);
        var used = await given.Service.UseBalanceAsync(second, Lin, given.Bound);
        await given.Scenario.SettleAsync();
        var after = await given.Scenario.Get<AgeingReport>().ForAsync(null, given.Bound);

        Assert.Equal((Usd(500), Usd(400)), (sheet.Base.Balance, sheet.Base.Days1To30));
        Assert.Empty(await given.RemindersAsync());
        Assert.Equal((InvoiceOutcome.Taken, InvoiceStatus.Paid), (used.Outcome, used.Invoice!.Status));
        Assert.Equal((Usd(100), Usd(0)), (after.Base.Balance, after.Base.Open));
    }

    [Fact]
    public async Task A_dispute_pauses_only_the_disputed_part_and_ends_by_itself()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-09-25");

        var receipt = await given.Service.DisputeAsync(
            id, "d1", new StaffId("jonas"), Usd(5_000), "two crates damaged", Given.Day("2025-10-10"), given.Bound);
        await given.UntilAsync("2025-10-08");
        var during = (await given.Scenario.MailsAsync<PaymentReminder>())[^1];
        await given.UntilAsync("2025-10-16");
        var after = (await given.Scenario.MailsAsync<PaymentReminder>())[^1];

        Assert.Equal(InvoiceOutcome.Taken, receipt.Outcome);
        Assert.Contains("two crates damaged", receipt.Invoice!.PauseReason, StringComparison.Ordinal);
        Assert.Equal((2, Usd(15_000)), (during.Level, during.Totals.Single()));
        Assert.Equal((3, Usd(20_000)), (after.Level, after.Totals.Single()));
        Assert.Contains(
            await given.Service.HistoryAsync(id, given.Bound),
            entry => entry.What.StartsWith("The pause for the dispute", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dispute_of_everything_silences_the_reminders_until_it_is_resolved()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.Service.DisputeAsync(id, "d1", Lin, null, "wrong goods", Given.Day("2025-12-01"), given.Bound);
        await given.UntilAsync("2025-10-20");
        var silent = await given.RemindersAsync();

        await given.Service.ResolveAsync(id, "d2", Lin, "replacement accepted", given.Bound);
        await given.UntilAsync("2025-10-29");

        Assert.Empty(silent);
        Assert.Equal(["10-20 L3"], await given.RemindersAsync());
    }

    [Fact]
    public async Task A_promise_defers_once_and_its_breach_is_escalated()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-10-02");

        await given.Service.PromiseAsync(
            id, "p1", new StaffId("jonas"), Given.Day("2025-10-17"), "by phone", given.Bound);
        var second = await given.Service.PromiseAsync(
            id, "p2", new StaffId("jonas"), Given.Day("2025-10-30"), null, given.Bound);
        await given.UntilAsync("2025-10-17");
        var waiting = await given.RemindersAsync();
        await given.UntilAsync("2025-10-21");

        Assert.Equal(InvoiceOutcome.Refused, second.Outcome);
        Assert.Contains("once", second.Reason, StringComparison.Ordinal);
        Assert.Equal(["09-23 L0", "10-01 L1"], waiting);
        Assert.Equal("10-20 L3", (await given.RemindersAsync())[^1]);
        Assert.Contains(
            await given.Scenario.MailsAsync<ReceivableEscalated>(),
            mail => mail.Headline == "Promise of payment not kept");
    }

    [Fact]
    public async Task One_customer_gets_one_mail_a_day_with_a_total_per_currency()
    {
        await using var given = await CollectionScenario.StartAsync();
        await given.DueAsync(20_000, "2025-09-30");
        await given.DueAsync(3_000, "2025-09-30");
        await given.DueAsync(1_000, "2025-09-30", "EUR");

        await given.UntilAsync("2025-10-16");

        Assert.Equal(["09-23 L0", "10-01 L1", "10-07 L2", "10-15 L3"], await given.RemindersAsync());
        var mail = (await given.Scenario.MailsAsync<PaymentReminder>())[^1];
        Assert.Equal(3, mail.Invoices.Count);
        Assert.Equal([Money.Of(1_000, "EUR"), Usd(23_000)], mail.Totals.OrderBy(total => total.Currency.Code));
        Assert.Equal(3, (await CustomerAsync(given)).Holds.Count);
    }

    [Fact]
    public async Task Each_invoice_of_a_merged_mail_keeps_its_own_level()
    {
        await using var given = await CollectionScenario.StartAsync();
        var older = await given.DueAsync(20_000, "2025-09-30");
        var younger = await given.DueAsync(3_000, "2025-10-14");

        await given.UntilAsync("2025-10-15");

        var mail = (await given.Scenario.MailsAsync<PaymentReminder>())[^1];
        Assert.Equal((3, 2), (mail.Level, mail.Invoices.Count));
        Assert.Equal(
            (3, 1), ((await given.FindAsync(older)).DunningLevel, (await given.FindAsync(younger)).DunningLevel));
    }

    [Fact]
    public async Task A_cancelled_order_ends_its_collections_without_thanks()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = (await given.BillAsync(Usd(50_000), "TT30-70BL"))[1].Id;

        await given.SignalAsync(id, new OrderCancelled("c1", Lin, "buyer insolvent"));

        Assert.Equal(InvoiceStatus.Cancelled, (await given.FindAsync(id)).Status);
        Assert.Empty(await given.Scenario.MailsAsync<PaymentThanks>());
    }

    [Fact]
    public async Task A_handed_over_invoice_is_signed_by_the_new_owner()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");

        await given.SignalAsync(id, new OwnerChanged("o1", Lin, new StaffId("amira")));
        await given.UntilAsync("2025-09-24");

        var mail = (await given.Scenario.MailsAsync()).Last(mail => mail.Mail is PaymentReminder);
        Assert.Equal(
            ("amira@ridgewater.example", "Amira Haddad"),
            (mail.ReplyTo!.Address, ((PaymentReminder)mail.Mail).Seller.OwnerName));
        Assert.Empty(
            (await given.Service.ListAsync(InvoiceFilter.Of(new StaffId("jonas")), 10, null, given.Bound)).Invoices);
    }

    [Fact]
    public async Task Lists_show_every_invoice_under_its_present_status_only()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-10-02");
        var overdue = await given.Service.ListAsync(InvoiceFilter.Of(InvoiceStatus.Overdue), 10, null, given.Bound);
        await given.PayAsync(id, 20_000, "BANK-1");
        await given.Scenario.SettleAsync();

        Assert.Equal(id, overdue.Invoices.Single().Id);
        foreach (var status in Enum.GetValues<InvoiceStatus>())
        {
            var listed = await given.Service.ListAsync(InvoiceFilter.Of(status), 10, null, given.Bound);
            Assert.Equal(status == InvoiceStatus.Paid ? [id] : [], listed.Invoices.Select(invoice => invoice.Id));
        }
    }

    private static async Task<Customer> CustomerAsync(CollectionScenario given) =>
        (await CustomerRepository.FindAsync(given.Scenario.Tables, given.Customer, given.Bound))!;

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");
}

using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Dunning;
using Workflows.Trade;

namespace Workflows.Tests.Receivables.Dunning;

public sealed class SendReminderTests
{
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
    public async Task A_level_that_the_policy_lost_after_the_day_was_claimed_is_left_out_and_the_ladder_goes_on()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        var line = new ReminderDayLine(99, InvoiceText.Line(await given.FindAsync(id), Given.Day("2025-10-01")));
        await ReminderDay.ClaimAsync(
            given.Scenario.Tables, given.Customer, Given.Day("2025-10-01"), new ReminderDay(id, [line]), given.Bound);

        await given.UntilAsync("2025-10-10");

        Assert.Equal(["09-23 L0", "10-02 L1", "10-07 L2"], await given.RemindersAsync());
    }

    [Fact]
    public async Task The_overdue_letter_puts_credit_on_hold_until_the_invoice_is_paid()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");

        await given.UntilAsync("2025-10-16");
        var held = await given.FindCustomerAsync();
        await given.PayAsync(id, 20_000, "BANK-1");
        await given.Scenario.SettleAsync();

        Assert.Equal(id, Assert.Single(held.Holds).Invoice);
        Assert.Contains("15 days overdue", held.Holds[0].Reason, StringComparison.Ordinal);
        Assert.False((await given.FindCustomerAsync()).IsOnHold);
        var mails = (await given.Scenario.MailsAsync())
            .Where(mail => mail.Mail is ReceivableEscalated)
            .Select(mail => mail.To.Name);
        Assert.Equal(["Jonas Weber", "Hanna Lindqvist"], mails);
    }

    [Fact]
    public async Task The_formal_demand_states_the_interest_and_it_stays_claimable()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");

        await given.UntilAsync("2025-10-30");
        await given.PayAsync(id, 20_000, "BANK-1");
        await given.Scenario.SettleAsync();

        var demand = (await given.Scenario.MailsAsync<PaymentReminder>())[^1];
        Assert.Equal(Given.Usd(131.51m), demand.Invoices.Single().Interest);
        var invoice = await given.FindAsync(id);
        Assert.Equal((InvoiceStatus.Paid, Given.Usd(131.51m)), (invoice.Status, invoice.Interest));
    }

    [Fact]
    public async Task After_downtime_the_first_level_goes_out_once_where_the_buyer_was_not_reminded()
    {
        await using var given = await CollectionScenario.StartAsync();
        await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-09-24");

        await given.Scenario.Engine.StopAsync();
        given.Scenario.Clock.AdvanceTo(new DateTimeOffset(2025, 10, 20, 10, 0, 0, TimeSpan.Zero));
        await given.Scenario.RestartAsync();
        await given.UntilAsync("2025-11-02");

        Assert.Equal(["09-23 L0", "10-20 L1", "10-27 L2"], await given.RemindersAsync());
    }

    [Fact]
    public async Task After_downtime_the_level_above_the_last_sent_goes_out_and_the_next_keeps_its_distance()
    {
        await using var given = await CollectionScenario.StartAsync();
        await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-10-02");

        await given.Scenario.Engine.StopAsync();
        given.Scenario.Clock.AdvanceTo(new DateTimeOffset(2025, 11, 3, 10, 0, 0, TimeSpan.Zero));
        await given.Scenario.RestartAsync();
        await given.UntilAsync("2025-11-10");
        var before = await given.FindCustomerAsync();
        await given.UntilAsync("2025-11-11");

        Assert.Equal(["09-23 L0", "10-01 L1", "11-03 L2", "11-11 L3"], await given.RemindersAsync());
        Assert.False(before.IsOnHold);
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

        Assert.Equal(["09-23 L0", "10-20 L1"], await given.RemindersAsync());
    }

    [Fact]
    public async Task An_invoice_whose_basis_has_not_happened_is_not_chased()
    {
        await using var given = await CollectionScenario.StartAsync();
        var invoices = await given.BillAsync(Given.Usd(50_000), "TT30-70BL");

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
        Assert.Equal([Money.Of(1_000, "EUR"), Given.Usd(23_000)], mail.Totals.OrderBy(total => total.Currency.Code));
        Assert.Equal(3, (await given.FindCustomerAsync()).Holds.Count);
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
}

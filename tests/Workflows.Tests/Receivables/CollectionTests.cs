using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

public sealed class CollectionTests
{
    private static readonly StaffId Lin = new("lin");

    [Fact]
    public async Task A_cancelled_order_ends_its_collections_without_thanks()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = (await given.BillAsync(Given.Usd(50_000), "TT30-70BL"))[1].Id;

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
            (await given.Service.ListAsync(InvoiceFilter.Of(new StaffId("jonas")), 10, null, given.Bound)).Items);
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

        Assert.Equal(id, overdue.Items.Single().Id);
        foreach (var status in Enum.GetValues<InvoiceStatus>())
        {
            var listed = await given.Service.ListAsync(InvoiceFilter.Of(status), 10, null, given.Bound);
            Assert.Equal(status == InvoiceStatus.Paid ? [id] : [], listed.Items.Select(invoice => invoice.Id));
        }
    }
}

namespace Workflows.Web.Tests.Receivables;

/// <summary>Overdue is a fact of the date and of what is open: a part payment does not take it away.</summary>
public sealed class OverdueTests
{
    [Fact]
    public async Task A_part_payment_leaves_an_overdue_invoice_overdue_in_every_list()
    {
        await using var home = await ClockedHome.StartAsync("2026-09-01");
        var deposit = await home.OrderedAsync("TT30-70BL") + "-I1";
        await home.UntilAsync("2026-09-10");

        await home.PayAsync(deposit, "2000.00");

        await SeenAsOverdueAsync(home, deposit, open: "3068.80");
    }

    [Fact]
    public async Task An_invoice_that_was_part_paid_before_turns_overdue_with_its_date()
    {
        await using var home = await ClockedHome.StartAsync("2026-09-01");
        var deposit = await home.OrderedAsync("TT30-70BL") + "-I1";

        await home.PayAsync(deposit, "2000.00");

        Assert.Equal([deposit], await home.ListAsync("status=PartPaid"));
        Assert.Empty(await home.ListAsync("status=Overdue"));
        await home.UntilAsync("2026-09-10");
        await SeenAsOverdueAsync(home, deposit, open: "3068.80");
    }

    private static async Task SeenAsOverdueAsync(ClockedHome home, string invoice, string open)
    {
        var seen = await home.InvoiceAsync(invoice);
        Assert.Equal(
            ("Overdue", open),
            (seen.GetProperty("status").GetString(), seen.GetProperty("open").GetProperty("amount").GetString()));
        Assert.Equal([invoice], await home.ListAsync("status=Overdue"));
        Assert.Equal([invoice], await home.ListAsync(""));
        Assert.Empty(await home.ListAsync("status=PartPaid"));
        var deal = invoice[..^3];
        Assert.Equal([invoice], await home.ListAsync($"deal={deal}&status=Overdue"));
        var customer = seen.GetProperty("customer").GetString();
        Assert.Equal([invoice], await home.ListAsync($"customer={customer}&status=Overdue"));
        var ofDeal = (await home.GetAsync($"/api/deals/{deal}")).GetProperty("invoices")[0];
        Assert.Equal("Overdue", ofDeal.GetProperty("status").GetString());
        var ageing = await home.GetAsync("/api/receivables/ageing");
        Assert.Equal(open, ageing.GetProperty("base").GetProperty("overdue").GetProperty("amount").GetString());
        var (list, page) = (
            await home.Web.Admin.GetStringAsync("/receivables"),
            await home.Web.Admin.GetStringAsync($"/invoices/{invoice}"));
        Assert.Contains(invoice, list, StringComparison.Ordinal);
        Assert.Contains(">Overdue<", page, StringComparison.Ordinal);
    }
}

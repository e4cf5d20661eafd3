using System.Net;
using System.Text.Json;

namespace Workflows.Web.Tests.Payments;

/// <summary>Money is never swallowed, and a bank entry counts once.</summary>
public sealed class BankEntryTests(PaymentHome home) : IClassFixture<PaymentHome>
{
    private static readonly (string, string)[] Placeholder =
        [("reference", "NOTPROVIDED"), ("remitter", "ACME"), ("valueDate", "2026-09-22"), ("remittanceText", "part 1")];

    [Theory]
    [InlineData("NOTPROVIDED")]
    [InlineData("NONREF")]
    [InlineData("not-provided")]
    [InlineData("0")]
    [InlineData("")]
    public async Task Under_a_placeholder_another_day_and_text_is_another_payment(string reference)
    {
        var invoice = await home.OrderAsync() + "-I1";
        (string, string)[] first =
            [("reference", reference), ("valueDate", "2026-09-22"), ("remittanceText", $"part 1 {invoice}")];
        (string, string)[] second =
            [("reference", reference), ("valueDate", "2026-09-29"), ("remittanceText", $"part 2 {invoice}")];

        await home.PayAsync("2000.00", invoice, more: first);
        var (status, receipt) = await home.PayAsync("2000.00", invoice, more: second);

        Assert.Equal((HttpStatusCode.Created, "Booked"), (status, OutcomeOf(receipt)));
        Assert.Equal("4000.00", await home.PaidAsync(invoice));
    }

    [Fact]
    public async Task Another_buyers_money_under_the_same_reference_is_on_their_invoice()
    {
        var (one, other) = (await home.OrderAsync() + "-I1", await home.OrderAsync() + "-I1");
        (string, string)[] of(string payer) => [("reference", "REF-7781"), ("remitter", payer)];

        await home.PayAsync("5068.80", one, more: of("One Ltd"));
        var (_, receipt) = await home.PayAsync("5068.80", other, more: of("Other Ltd"));

        Assert.Equal("Booked", OutcomeOf(receipt));
        Assert.Equal(
            ("5068.80", "5068.80"), (await home.PaidAsync(one), await home.PaidAsync(other)));
        var listed = (await home.Trading.GetAsync("/api/payments?reference=REF-7781")).GetProperty("items");
        Assert.Equal(
            2, listed.EnumerateArray().Select(payment => payment.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task The_same_entry_told_twice_is_one_payment()
    {
        var invoice = await home.OrderAsync() + "-I1";
        (string, string)[] entry =
            [
                ("reference", "NONREF"), ("entryId", "2026092200017"), ("account", "CN-USD-1"),
                ("valueDate", "2026-09-22"),
            ];

        await home.PayAsync("1000.00", invoice, more: entry);
        var (status, receipt) = await home.PayAsync("1000.00", invoice, more: entry);
        var (_, other) = await home.PayAsync(
            "1000.00", invoice, more: [.. entry.Where(each => each.Item1 != "entryId"), ("entryId", "2026092200018")]);

        Assert.Equal((HttpStatusCode.OK, "Duplicate"), (status, OutcomeOf(receipt)));
        Assert.Equal("Booked", OutcomeOf(other));
        Assert.Equal("2000.00", await home.PaidAsync(invoice));
    }

    [Fact]
    public async Task The_same_request_twice_is_one_payment()
    {
        var invoice = await home.OrderAsync() + "-I1";
        var key = home.Trading.Unique("twice-the-same");

        await home.PayAsync("1000.00", invoice, key: key, more: Placeholder);
        await home.PayAsync("1000.00", invoice, key: key, more: Placeholder);

        Assert.Equal("1000.00", await home.PaidAsync(invoice));
    }

    [Fact]
    public async Task Where_it_is_not_sure_the_money_waits_and_a_person_books_it()
    {
        var invoice = await home.OrderAsync() + "-I1";
        (string, string)[] twin = [("reference", "NOTPROVIDED"), ("valueDate", "2026-09-28"), ("remitter", invoice)];
        await home.PayAsync("1000.00", invoice, more: twin);
        var (status, receipt) = await home.PayAsync("1000.00", invoice, more: twin);

        Assert.Equal((HttpStatusCode.Created, "PossibleDuplicate"), (status, OutcomeOf(receipt)));
        Assert.StartsWith(
            "Possible duplicate of USD 1,000.00", receipt.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("1000.00", await home.PaidAsync(invoice));
        var id = receipt.GetProperty("payment").GetProperty("id").GetString()!;
        Assert.Contains(await home.WaitingAsync(), waiting => waiting.GetProperty("id").GetString() == id);

        using var booked = await home.SendAsync("/api/payments/assignments", $$"""{"payment":"{{id}}"}""");

        Assert.Equal(HttpStatusCode.OK, booked.StatusCode);
        Assert.Equal("2000.00", await home.PaidAsync(invoice));
        Assert.DoesNotContain(await home.WaitingAsync(), waiting => waiting.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task Or_says_that_it_is_the_same_entry_which_is_kept_with_the_reason()
    {
        var invoice = await home.OrderAsync() + "-I1";
        var reference = home.Trading.Unique("SAME-OR-NOT");
        await home.PayAsync("1000.00", invoice, more: [("reference", reference), ("valueDate", "2026-09-28")]);
        var (_, receipt) = await home.PayAsync(
            "1000.00", invoice,
            more: [("reference", reference), ("valueDate", "2026-09-28"), ("remittanceText", "VALVES")]);
        var id = receipt.GetProperty("payment").GetProperty("id").GetString()!;

        using var settled = await home.SendAsync(
            "/api/payments/settlements", $$"""{"payment":"{{id}}","as":"SameEntry","reason":"Typed in on Monday."}""");
        using var again = await home.SendAsync("/api/payments/assignments", $$"""{"payment":"{{id}}"}""");

        Assert.Equal("PossibleDuplicate", OutcomeOf(receipt));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (settled.StatusCode, again.StatusCode));
        Assert.Equal("1000.00", await home.PaidAsync(invoice));
        var listed = (await home.Trading.GetAsync($"/api/payments?reference={reference}")).GetProperty("items")[1];
        Assert.Equal("Typed in on Monday.", listed.GetProperty("settlement").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Money_that_is_not_ours_leaves_the_list_with_a_reason()
    {
        var (_, receipt) = await home.PayAsync(
            "77.00", currency: "EUR", more: [("reference", home.Trading.Unique("STRAY"))]);
        var id = receipt.GetProperty("payment").GetProperty("id").GetString()!;

        using var settled = await home.SendAsync(
            "/api/payments/settlements",
            $$"""{"payment":"{{id}}","as":"Returned","reason":"Sent back on 29 September."}""");

        Assert.Equal(HttpStatusCode.OK, settled.StatusCode);
        Assert.DoesNotContain(await home.WaitingAsync(), waiting => waiting.GetProperty("id").GetString() == id);
    }

    [Fact]
    public async Task The_console_lists_it_with_both_answers()
    {
        var invoice = await home.OrderAsync() + "-I1";
        (string, string)[] twin = [("reference", "NONREF"), ("valueDate", "2026-09-27"), ("remitter", invoice)];
        await home.PayAsync("1000.00", invoice, more: twin);
        await home.PayAsync("1000.00", invoice, more: twin);

        var page = await home.Finance.GetStringAsync("/receivables");

        Assert.Contains("Possible duplicate of USD 1,000.00", page, StringComparison.Ordinal);
        Assert.Contains(">Book it<", page, StringComparison.Ordinal);
        Assert.Contains(">The same bank entry<", page, StringComparison.Ordinal);
    }

    private static string OutcomeOf(JsonElement receipt) => receipt.GetProperty("outcome").GetString()!;
}

using System.Text.Json.Nodes;
using Workflows.Conformance;
using Workflows.Embedded.Demo;

namespace Workflows.Embedded.Tests.Serving;

/// <summary>
/// The one test that crosses every seam of this home, over HTTP, from the signed webhook to the last payment.
/// </summary>
public sealed class WholeHomeTests
{
    private static readonly object Inquiry = new
    {
        platformInquiryId = "INQ-1",
        buyer = new
        {
            name = "Katrin Brandt",
            company = "Hanse Antriebstechnik GmbH",
            email = "katrin@hanse-antrieb.example",
            countryISO2 = "DE",
        },
        products = new[] { new { sku = "RF-BV50", name = "Ball valve DN50", qty = 400, unit = "pcs" } },
        message = "Please quote 400 ball valves.",
        language = "de",
    };

    [Fact]
    public async Task An_inquiry_travels_from_a_signed_webhook_to_a_paid_invoice()
    {
        await using var home = await RunningHome.StartAsync();
        var id = await ReceiveAsync(home);
        await QuoteAsync(home, id);
        await ApproveByTheLinkInTheMailAsync(home, id);

        await home.PostAsync($"/api/deals/{id}/answer", new { answer = "Accepted", purchaseOrder = "PO-1" });
        var ordered = await home.DealAsync(
            id, deal => Stage(deal) == "Ordered" && Invoices(deal).Count == 2, "ordered and billed");
        Assert.Contains(Lines(ordered), line => line.Contains("Credit check passed", StringComparison.Ordinal));
        var (deposit, balance) = (Invoices(ordered)[0]!, Invoices(ordered)[1]!);

        await PayAsync(home, "BANK-1", deposit, Amount(deposit, "amount"));
        await home.DealAsync(id, deal => Stage(deal) == "Fulfilling", "production released by the deposit");
        await home.PostAsync($"/api/deals/{id}/milestones", new { milestone = "Produced" });
        await home.DealAsync(
            id, deal => Lines(deal).Count(line => line.Contains("Credit check", StringComparison.Ordinal)) == 2,
            "checked before shipment");
        await home.PostAsync($"/api/deals/{id}/milestones", new { milestone = "Shipped", reference = "BL 4711" });
        await home.DealAsync(id, deal => (string?)Invoices(deal)[1]!["due"] is not null, "the balance has a due date");

        await PayAsync(home, "BANK-2", balance, 1000m);
        await IsChasedAsync(home, id);

        var rest = Amount(Invoices(await home.GetAsync($"/api/deals/{id}"))[1]!, "open");
        Assert.Equal(Amount(balance, "amount") - 1000m, rest);
        await PayAsync(home, "BANK-3", balance, rest);
        var paid = await home.DealAsync(id, deal => Stage(deal) == "Paid", "paid");

        string[] stages = [
            "Received", "Qualified", "Assigned", "Quoted", "Ordered", "Fulfilling", "Collecting", "Closed", "Paid"];
        Assert.Equal(stages, ((JsonArray)paid["timeline"]!).Select(line => (string)line!["stage"]!).Distinct());
        Assert.Equal(
            Enumerable.Range(1, Lines(paid).Count),
            ((JsonArray)paid["timeline"]!).Select(line => (int)line!["number"]!));
    }

    private static async Task<string> ReceiveAsync(RunningHome home)
    {
        using var first = await home.DeliverAsync("msg_1", Inquiry);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, first.StatusCode);
        var receipt = JsonNode.Parse(await first.Content.ReadAsStringAsync())!;
        using var again = await home.DeliverAsync("msg_1", Inquiry);
        Assert.True((bool)JsonNode.Parse(await again.Content.ReadAsStringAsync())!["duplicate"]!);

        var id = (string)receipt["dealId"]!;
        await Eventually.ValueAsync(
            async () => (await home.GetAsync("/api/deals")).ToString(),
            deals => deals.Contains("\"Assigned\"", StringComparison.Ordinal),
            "the deal is assigned");
        return id;
    }

    private static async Task QuoteAsync(RunningHome home, string id)
    {
        await home.PostAsync($"/api/deals/{id}/quotations", Samples.Quotation(discountPercent: 12));
        await home.DealAsync(
            id, deal => (string?)deal["quotationStatus"] == "PendingApproval", "12% waits for approval");
    }

    private static async Task ApproveByTheLinkInTheMailAsync(RunningHome home, string id)
    {
        var link = await home.ApprovalLinkAsync(id);

        // Scanners open links: nothing is decided by that.
        for (var i = 0; i < 3; i++)
        {
            using var page = await home.Http.GetAsync(link);
            Assert.True(page.IsSuccessStatusCode);
        }

        Assert.Equal("PendingApproval", (string?)(await home.GetAsync($"/api/deals/{id}"))["quotationStatus"]);
        await home.PostAsync(link.AbsolutePath, new { decision = "Approve", comment = "Agreed" });
        await home.DealAsync(id, deal => (string?)deal["quotationStatus"] == "Sent", "the quotation went out");
    }

    private static async Task IsChasedAsync(RunningHome home, string id)
    {
        // The balance is due a week after the bill of lading; the ladder is climbed in the weeks after.
        await Eventually.ValueAsync(
            async () =>
            {
                await home.PassDaysAsync(1);
                return Invoices(await home.GetAsync($"/api/deals/{id}"))[1]!["dunningLevel"]?.GetValue<int>() ?? -1;
            },
            level => level >= 1,
            "the rest is chased");
        var mails = (JsonArray)(await home.GetAsync($"/api/mails?about={id}&limit=200"))["items"]!;
        Assert.Contains(mails, mail => ((string)mail!["to"]!["address"]!) == "katrin@hanse-antrieb.example"
            && ((string)mail["kind"]!).Contains("reminder", StringComparison.Ordinal));
    }

    private static Task<JsonNode> PayAsync(RunningHome home, string reference, JsonNode invoice, decimal amount) =>
        home.PostAsync("/api/payments", new
        {
            reference,
            invoice = (string)invoice["number"]!,
            amount = new
            {
                amount = amount.ToString("F2", System.Globalization.CultureInfo.InvariantCulture),
                currency = "USD",
            },
        });

    private static string Stage(JsonNode deal) => (string)deal["stage"]!;

    private static JsonArray Invoices(JsonNode deal) => (JsonArray)deal["invoices"]!;

    private static List<string> Lines(JsonNode deal) =>
        [.. ((JsonArray)deal["timeline"]!).Select(line => (string)line!["what"]!)];

    private static decimal Amount(JsonNode invoice, string property) =>
        decimal.Parse((string)invoice[property]!["amount"]!, System.Globalization.CultureInfo.InvariantCulture);
}

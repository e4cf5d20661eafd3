using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Story;

/// <summary>
/// One deal from the signed webhook to the last payment: a discount approved by a link, a balance that is chased for
/// two months, and two restarts on the way.
/// </summary>
internal static partial class DealScript
{
    /// <summary>
    /// What auditors would ask for: who decided and when, what was ordered, billed, paid and owed, and what is counted
    /// in reviews.
    /// </summary>
    private static readonly string[] Books =
        [
            "Approvals", "Orders", "Invoices", "InvoiceHistory", "Payments", "InvoicePayments", "Exposure", "Advances",
            "Customers", "Facts",
        ];

    public static async Task<string> RunAsync(StoryHome home)
    {
        var id = await InquireAsync(home);
        using var again = await home.DeliverAsync("msg_1", InquiryOf("INQ-1"));
        var receipt = JsonNode.Parse(await again.Content.ReadAsStringAsync())!;
        Assert.True((bool)receipt["duplicate"]!);
        Assert.Equal(id, (string)receipt["dealId"]!);

        await QuoteAsync(home, id, discountPercent: 12);
        Assert.Equal("PendingApproval", (string?)(await DealAsync(home, id))["quotationStatus"]);
        var link = await LinkAsync(home, id);
        using (var page = await home.Http.GetAsync(link))
        {
            Assert.True(page.IsSuccessStatusCode);
        }

        Assert.Equal("PendingApproval", (string?)(await DealAsync(home, id))["quotationStatus"]);
        await home.PostAsync(link.AbsolutePath, new { decision = "Approve", comment = "Agreed" });
        Assert.Equal("Sent", (string?)(await DealAsync(home, id))["quotationStatus"]);

        await home.PassAsync(TimeSpan.FromHours(3));
        await home.RestartAsync();
        await AcceptAsync(home, id);
        await PayAsync(home, "BANK-1", await InvoiceAsync(home, id, 0));
        await ReachAsync(home, id, "Produced");
        await ReachAsync(home, id, "Shipped");

        await PayAsync(home, "BANK-2", await InvoiceAsync(home, id, 1), 1000m);
        await home.PassAsync(TimeSpan.FromDays(20));
        await home.RestartAsync();
        await home.PassAsync(TimeSpan.FromDays(40));
        await PayAsync(home, "BANK-3", await InvoiceAsync(home, id, 1));
        await home.PassAsync(TimeSpan.FromDays(1));
        return id;
    }

    /// <summary>The platform's webhook arrives.</summary>
    /// <returns>The deal's id.</returns>
    public static async Task<string> InquireAsync(StoryHome home)
    {
        using var answer = await home.DeliverAsync("msg_1", InquiryOf("INQ-1"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{answer.StatusCode}: {text}");
        await home.SettleAsync();
        return (string)JsonNode.Parse(text)!["dealId"]!;
    }

    /// <summary>The salesperson quotes 10,400 USD less a discount.</summary>
    public static Task QuoteAsync(StoryHome home, string id, int discountPercent) =>
        home.PostAsync($"/api/deals/{id}/quotations", Quotation(discountPercent));

    /// <summary>The buyer orders.</summary>
    public static Task AcceptAsync(StoryHome home, string id) =>
        home.PostAsync($"/api/deals/{id}/answer", new { answer = "Accepted", purchaseOrder = "PO-1" });

    /// <summary>Operations report a milestone.</summary>
    public static Task ReachAsync(StoryHome home, string id, string milestone) =>
        home.PostAsync(
            $"/api/deals/{id}/milestones", new { milestone, reference = milestone == "Shipped" ? "BL 4711" : null });

    /// <summary>An invoice of the deal as it stands: the first is the deposit's.</summary>
    public static async Task<JsonNode> InvoiceAsync(StoryHome home, string id, int index) =>
        ((JsonArray)(await DealAsync(home, id))["invoices"]!)[index]!;

    /// <summary>The bank reports a payment in USD; without an amount, of all that is open.</summary>
    public static Task PayAsync(StoryHome home, string reference, JsonNode invoice, decimal? amount = null) =>
        home.PostAsync("/api/payments", new
        {
            reference,
            invoice = (string)invoice["number"]!,
            amount = new
            {
                amount = amount?.ToString("F2", CultureInfo.InvariantCulture) ?? (string)invoice["open"]!["amount"]!,
                currency = "USD",
            },
        });

    /// <summary>What came of it: the deal, its mails, and every row of the books.</summary>
    public static async Task<string> OutcomeAsync(StoryHome home, string id)
    {
        var lines = new List<string>();
        var deal = await DealAsync(home, id);
        lines.Add($"{deal["stage"]} {deal["owner"]} {deal["endReason"]}");
        lines.AddRange(
            ((JsonArray)deal["timeline"]!).Select(
                line => $"{line!["at"]} {line["stage"]}: {line["what"]} ({line["by"]})"));
        lines.AddRange(((JsonArray)deal["invoices"]!).Select(invoice => invoice!.ToJsonString()));
        lines.AddRange(await ListAsync(home, $"/api/mails?about={id}&limit=200", mail =>
            $"mail {mail["kind"]} to {mail["to"]!["address"]}: {mail["subject"]}"));
        foreach (var book in Books)
        {
            lines.AddRange(await RowsAsync(home, book));
        }

        return string.Join('\n', lines);
    }

    /// <summary>
    /// A table's rows, without what differs from run to run: links, and the keys that follow from a run's id.
    /// </summary>
    private static async Task<IEnumerable<string>> RowsAsync(StoryHome home, string table)
    {
        var lines = new List<string>();
        await foreach (var row in home.Tables.ReadAllAsync(table, new TableQuery()))
        {
            var values = row.Properties.OrderBy(property => property.Key, StringComparer.Ordinal)
                .Select(property => string.Create(CultureInfo.InvariantCulture, $"{property.Key}={property.Value}"));
            lines.Add(OfTheRun().Replace($"{table} {row.PartitionKey} {row.RowKey} {string.Join("; ", values)}", "…"));
        }

        return lines.Order(StringComparer.Ordinal);
    }

    public static Task<JsonNode> DealAsync(StoryHome home, string id) => home.GetAsync($"/api/deals/{id}");

    private static async Task<IEnumerable<string>> ListAsync(
        StoryHome home, string path, Func<JsonNode, string> tell) =>
        ((JsonArray)(await home.GetAsync(path))["items"]!).Select(item => tell(item!)).Order(StringComparer.Ordinal);

    /// <summary>The link of the deal's approval, as its approver gets it.</summary>
    public static async Task<Uri> LinkAsync(StoryHome home, string id)
    {
        var mails = (JsonArray)(await home.GetAsync($"/api/mails?about={id}&kind=approval-requested"))["items"]!;
        var stored = await home.Services.GetRequiredService<IMailOutbox>().GetAsync(
            (string)Assert.Single(mails)!["id"]!);
        var mail = await home.Services.GetRequiredService<IMailSecrets>().PutInAsync(
            stored!.Mail, CancellationToken.None);
        return new Uri(Links().Match(mail.Text).Value);
    }

    [GeneratedRegex(
        "http[^ \"\\\\]*/api/approvals/[A-Za-z0-9_-]+|[0-9A-Fa-f]{32,}|http://(localhost|127\\.0\\.0\\.1:[0-9]+)")]
    private static partial Regex OfTheRun();

    [GeneratedRegex("http[^ \"\\\\]*/api/approvals/[A-Za-z0-9_-]+")]
    private static partial Regex Links();

    /// <summary>An inquiry as the platform sends it.</summary>
    public static object InquiryOf(string platformInquiryId, string message = "Please quote 400 ball valves.") => new
    {
        platformInquiryId,
        buyer = new
        {
            name = "Katrin Brandt",
            company = "Hanse Antriebstechnik GmbH",
            email = "katrin@hanse-antrieb.example",
            countryISO2 = "DE",
        },
        products = new[] { new { sku = "RF-BV50", name = "Ball valve DN50", qty = 400, unit = "pcs" } },
        message,
        language = "de",
    };

    private static object Quotation(int discountPercent) => new
    {
        lines = new[]
        {
            new
            {
                sku = "RF-BV50",
                description = "Ball valve DN50",
                quantity = 400,
                unit = "pcs",
                listPrice = new { amount = "26.00", currency = "USD" },
                unitCost = new { amount = "16.00", currency = "USD" },
            },
        },
        delivery = new { incoterm = "CIF", place = "Hamburg" },
        paymentTerms = "TT30-70BL",
        discountPercent,
    };
}

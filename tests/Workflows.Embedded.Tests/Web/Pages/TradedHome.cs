using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Embedded.Tests.Serving;
using Workflows.Web.Operations;

namespace Workflows.Embedded.Tests.Web.Pages;

/// <summary>A page to be visited.</summary>
/// <param name="Component">Name of the component that draws it.</param>
/// <param name="Path">Its address.</param>
/// <param name="Status">What it is answered with.</param>
internal sealed record PageVisit(string Component, string Path, HttpStatusCode Status = HttpStatusCode.OK);

/// <summary>A home in which something of everything has happened, so that every page has something to show.</summary>
internal sealed class TradedHome : IAsyncDisposable
{
    private TradedHome(RunningHome home) => Home = home;

    public RunningHome Home { get; }

    /// <summary>Every page, with every state of an approval link.</summary>
    public IReadOnlyList<PageVisit> Pages { get; private set; } = [];

    /// <param name="adjust">Has the last word on what the home is made of.</param>
    public static async Task<TradedHome> StartAsync(Action<WebApplicationBuilder>? adjust = null)
    {
        var traded = new TradedHome(await RunningHome.StartAsync(adjust: adjust));
        await traded.TradeAsync();
        return traded;
    }

    public ValueTask DisposeAsync() => Home.DisposeAsync();

    /// <summary>A deal whose discount waits for an answer.</summary>
    /// <returns>Its id, and the path of the link that its approver has.</returns>
    public async Task<(string Deal, string Link)> AskAsync(string inquiry)
    {
        var deal = await Home.AssignedAsync(inquiry);
        await Home.PostAsync($"/api/deals/{deal}/quotations", Samples.Quotation(discountPercent: 12));
        return (deal, (await Home.ApprovalLinkAsync(deal)).AbsolutePath);
    }

    private async Task TradeAsync()
    {
        var (_, open) = await AskAsync("INQ-1");
        var (deal, decided) = await AskAsync("INQ-2");
        await Home.PostAsync(decided, new { decision = "Approve", comment = "Agreed" });
        await Home.DealAsync(deal, each => (string?)each["quotationStatus"] == "Sent", "the quotation is sent");
        await Home.PostAsync($"/api/deals/{deal}/answer", new { answer = "Accepted", purchaseOrder = "PO-1" });
        var ordered = await Home.DealAsync(
            deal, each => each["invoices"] is JsonArray { Count: > 0 }, "the invoices are there");
        var amount = new { amount = "77.00", currency = "USD" };
        var payment = new { reference = "BANK-1", amount, remitter = "Somebody" };
        await Home.PostAsync("/api/payments", payment);
        var month = Home.Clock.GetUtcNow().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        await Home.PostAsync($"/api/reviews/{month}", new { });
        await Home.Services.GetRequiredService<PoisonMessages>().KeepAsync("inbound", "{}", CancellationToken.None);
        using var refused = await Home.DeliverAsync("msg_refused", new { nothing = "that an inquiry has" });

        var mail = (string)((JsonArray)(await Home.GetAsync($"/api/mails?about={deal}"))["items"]!)[0]!["id"]!;
        var approval = (string)((JsonArray)ordered["approvals"]!)[0]!["request"]!["id"]!;
        Pages =
        [
            new("SignInPage", "/sign-in"),
            new("BoardPage", "/"),
            new("BoardPage", "/ended"),
            new("StagePage", "/stages/Assigned"),
            new("DealPage", $"/deals/{deal}"),
            new("ApprovalListPage", "/approvals"),
            new("ApprovalFilePage", $"/approvals/{Uri.EscapeDataString(approval)}"),
            new("MailListPage", "/mails"),
            new("MailViewPage", $"/mails/{Uri.EscapeDataString(mail)}"),
            new("ReceivablesPage", "/receivables"),
            new("InvoiceViewPage", $"/invoices/{deal}-I1"),
            new("ReviewListPage", "/reviews"),
            new("ReviewPage", $"/reviews/{month}"),
            new("WebhookPage", "/webhooks"),
            new("OperationsPage", "/operations"),
            new("ProblemTypePage", "/problems/not-found"),
            new("ProblemPage", "/nothing-is-here", HttpStatusCode.NotFound),
            new("DecisionPage", open),
            new("DecidedPage", decided),
            new("LinkGonePage", "/api/approvals/nobodys", HttpStatusCode.NotFound),
        ];
    }
}

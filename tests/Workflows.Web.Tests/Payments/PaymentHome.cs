using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Effects;
using Workflows.Engine;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Payments;

/// <summary>
/// A home on a virtual clock, with orders of USD 16,896.00 on TT30-70BL: a deposit of 5,068.80 and a balance of
/// 11,827.20, which is due with the bill of lading.
/// </summary>
public sealed class PaymentHome : IAsyncLifetime
{
    /// <summary>Tuesday, 09:00 in Shanghai, the company's zone.</summary>
    private static readonly DateTimeOffset Start = new(2026, 9, 29, 1, 0, 0, TimeSpan.Zero);

    private readonly TradingHome _home;

    public PaymentHome() => _home = new TradingHome
    {
        Replace = services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.Select(service => service.ImplementationInstance).OfType<EngineOptions>().Single()
                .TimeProvider = Clock;
            services.AddSingleton(new EffectWait(TimeProvider.System));
        },
    };

    public VirtualClock Clock { get; } = new(Start);

    public HttpClient Finance => _home.As(Role.Finance);

    public TradingHome Trading => _home;

    private DurableEngine Engine => _home.Web.Services.GetRequiredService<DurableEngine>();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    /// <summary>A confirmed order with its two invoices.</summary>
    /// <returns>The deal's id.</returns>
    public Task<string> OrderAsync() => OrderAsync($"rosa@{_home.Unique("buyer")}.example");

    /// <summary>The same for a buyer whom we may know.</summary>
    public async Task<string> OrderAsync(string mail)
    {
        var deal = await QuoteAsync("24.00", "16.00", 704, "USD", mail);
        await _home.PostAsync($"/api/deals/{deal}/answer", """{"answer":"Accepted","purchaseOrder":"PO-1"}""");
        await _home.DealAsync(deal, found => found.GetProperty("invoices").GetArrayLength() == 2, "the invoices");
        await SettleAsync();
        return deal;
    }

    /// <summary>A deal whose quotation the buyer has.</summary>
    public async Task<string> QuoteAsync(string unitPrice, string unitCost, int quantity, string currency, string mail)
    {
        var deal = await _home.AssignedAsync(mail);
        await _home.PostAsync($"/api/deals/{deal}/quotations", $$$"""
            {"lines":[{"sku":"RF-BV50","description":"Ball valve DN50","quantity":{{{quantity}}},"unit":"pcs",
            "listPrice":{"amount":"{{{unitPrice}}}","currency":"{{{currency}}}"},
            "unitCost":{"amount":"{{{unitCost}}}","currency":"{{{currency}}}"}}],
            "discountPercent":0,"delivery":{"incoterm":"FOB","place":"Ningbo"},"paymentTerms":"TT30-70BL"}
            """);
        await _home.DealAsync(deal, found => found.GetProperty("quotationStatus").GetString() == "Sent", "a quotation");
        await SettleAsync();
        return deal;
    }

    public Task ReachAsync(string deal, string milestone) => PostAsync(
        $"/api/deals/{deal}/milestones", $$"""{"milestone":"{{milestone}}","reference":"REF-1"}""");

    /// <summary>The part of a deal's number that its order and invoices have too.</summary>
    public static string CoreOf(string deal) => deal["D-".Length..];

    /// <summary>Takes a payment in by a request of its own.</summary>
    /// <param name="more">Further members of the request, with their values as JSON.</param>
    public async Task<(HttpStatusCode Status, JsonElement Receipt)> PayAsync(
        string amount, string? invoice = null, string currency = "USD", string? key = null,
        params (string Name, string Value)[] more)
    {
        var members = more.Select(member => $"\"{member.Name}\":\"{member.Value}\"")
            .Append($$$"""
                "amount":{"amount":"{{{amount}}}","currency":"{{{currency}}}"}
                """)
            .Concat(invoice is null ? [] : [$"\"invoice\":\"{invoice}\""]);
        using var answer = await Finance.SendAsync(
            WebHome.Post("/api/payments", $"{{{string.Join(',', members)}}}", key ?? _home.Unique("payment-key")));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var receipt = await answer.JsonAsync();
        await SettleAsync();
        return (answer.StatusCode, receipt);
    }

    /// <summary>Sends what a clerk decides, and gives the answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string json)
    {
        var answer = await Finance.SendAsync(WebHome.Post(path, json, _home.Unique("payment-key")));
        await SettleAsync();
        return answer;
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        var answer = await _home.PostAsync(path, json);
        await SettleAsync();
        return answer;
    }

    public async Task<JsonElement> InvoiceAsync(string invoice) =>
        (await _home.GetAsync($"/api/invoices/{invoice}")).GetProperty("invoice");

    /// <summary>What is paid of an invoice.</summary>
    public async Task<string> PaidAsync(string invoice) => AmountOf(await InvoiceAsync(invoice), "paid");

    /// <summary>The payments that wait for a person.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitingAsync() =>
        [.. (await _home.GetAsync("/api/payments/open")).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> CreditAsync(string invoice)
    {
        var customer = (await InvoiceAsync(invoice)).GetProperty("customer").GetString();
        return await _home.GetAsync($"/api/customers/{customer}/credit");
    }

    public static string AmountOf(JsonElement owner, string member) =>
        owner.GetProperty(member).GetProperty("amount").GetString()!;

    /// <summary>Lets time pass until noon in Shanghai of a day, stopping at each durable timer.</summary>
    public async Task UntilAsync(string day)
    {
        var noon = DateTimeOffset.ParseExact(
            day + "T04:00:00Z", "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        await SettleAsync();
        while (Engine.NextTimer is { } next && next <= noon)
        {
            Clock.AdvanceTo(next);
            // Its alarm counts whole milliseconds, so it may ring just after.
            if (Clock.NextTimer is { } alarm && alarm - next < TimeSpan.FromMilliseconds(1))
            {
                Clock.AdvanceTo(alarm);
            }

            await SettleAsync();
        }

        Clock.AdvanceTo(noon);
        await SettleAsync();
    }

    private async Task SettleAsync()
    {
        var quiet = 0;
        await Eventually.TrueAsync(() => (quiet = Engine.IsAtRest ? quiet + 1 : 0) >= 3, "the engine to come to rest");
    }
}

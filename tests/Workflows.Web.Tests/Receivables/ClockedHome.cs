using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Engine;
using Workflows.Platform;

namespace Workflows.Web.Tests.Receivables;

/// <summary>
/// A home on a clock that stands still until the test moves it: deals are made, and what becomes of their invoices is
/// seen, through the routes alone.
/// </summary>
internal sealed class ClockedHome : IAsyncDisposable
{
    private const int LooksUntilQuiet = 3;

    private readonly VirtualClock _clock;
    private readonly WebHome _home;
    private int _number;

    private ClockedHome(DateTimeOffset start)
    {
        _clock = new VirtualClock(start);
        var folder = Directory.CreateTempSubdirectory("workflows-clocked-").FullName;
        _home = new WebHome
        {
            Folder = folder,
            Replace = services => services
                .AddSingleton<TimeProvider>(_clock)
                .AddSingleton(new EngineOptions
                {
                    DatabasePath = Path.Combine(folder, "web.db"),
                    TimeProvider = _clock,
                }),
        };
    }

    public WebHome Web => _home;

    private DurableEngine Engine => _home.Services.GetRequiredService<DurableEngine>();

    /// <summary>Starts one at 10:00 of a day in Shanghai, the company's zone.</summary>
    public static async Task<ClockedHome> StartAsync(string day)
    {
        var home = new ClockedHome(Moment(day, 2));
        await home._home.InitializeAsync();
        return home;
    }

    /// <summary>
    /// An order of 800 x 21.12, USD 16,896.00: under TT30-70BL USD 5,068.80 before production and USD 11,827.20
    /// after the bill of lading.
    /// </summary>
    public async Task<string> OrderedAsync(string terms, string mail = "rosa@bombas.example")
    {
        var deal = await AcceptedAsync(terms, mail);
        await UntilAsync($"/api/deals/{deal}", found => found.GetProperty("invoices").GetArrayLength() > 0);
        return deal;
    }

    /// <summary>The same, whose credit is still to be checked.</summary>
    public async Task<string> AcceptedAsync(string terms, string mail = "rosa@bombas.example")
    {
        var taken = await PostAsync("/api/inquiries", $$"""
            {"source":"fair","buyer":{"name":"Rosa Diaz","email":"{{mail}}","company":"Bombas SA","countryISO2":"ES"},
            "products":[{"name":"Gear pump {{++_number}}","qty":800,"unit":"pc"}],
            "message":"Offer {{_number}}, please."}
            """);
        var deal = taken.GetProperty("dealId").GetString()!;
        await UntilAsync($"/api/deals/{deal}", found => found.GetProperty("stage").GetString() == "Assigned");
        await PostAsync($"/api/deals/{deal}/quotations", $$$"""
            {"lines":[{"sku":"RF-BV50","description":"Gear pump","quantity":800,"unit":"pc",
            "listPrice":{"amount":"21.12","currency":"USD"},"unitCost":{"amount":"12.00","currency":"USD"}}],
            "delivery":{"incoterm":"FOB","place":"Shanghai"},"paymentTerms":"{{{terms}}}"}
            """);
        await UntilAsync(
            $"/api/deals/{deal}", found => found.GetProperty("quotationStatus").GetString() == "Sent");
        await PostAsync($"/api/deals/{deal}/answer", """{"answer":"Accepted","purchaseOrder":"PO-1"}""");
        await SettleAsync();
        return deal;
    }

    /// <summary>Pays the deposit, and records that the goods are made and shipped.</summary>
    public async Task ShipAsync(string deal, string shippedOn)
    {
        await MilestoneAsync(deal, "Produced", shippedOn);
        await MilestoneAsync(deal, "Shipped", shippedOn);
    }

    public async Task MilestoneAsync(string deal, string milestone, string date)
    {
        await PostAsync($"/api/deals/{deal}/milestones", $$"""{"milestone":"{{milestone}}","date":"{{date}}"}""");
        await SettleAsync();
    }

    public async Task<JsonElement> PayAsync(string invoice, string amount)
    {
        var reference = $"BANK-{++_number}";
        var receipt = await PostAsync("/api/payments", $$$"""
            {"reference":"{{{reference}}}","invoice":"{{{invoice}}}",
            "amount":{"amount":"{{{amount}}}","currency":"USD"}}
            """);
        await SettleAsync();
        return receipt;
    }

    /// <summary>Asks to write off what is open, and has it approved by its link.</summary>
    public async Task WriteOffAsync(string invoice)
    {
        await PostAsync($"/api/invoices/{invoice}/writeoff", """{"reason":"The buyer is insolvent."}""");
        await SettleAsync();
        await ApproveAsync();
    }

    /// <summary>Approves what was asked last.</summary>
    public async Task ApproveAsync()
    {
        var asked = (await MailsAsync()).Last(mail => mail.Mail.Kind == "approval-requested");
        using var answer = await _home.Anonymous.SendAsync(
            WebHome.Post(await _home.LinkOfAsync(asked), """{"decision":"Approve","comment":"Agreed."}"""));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await SettleAsync();
    }

    public async Task<JsonElement> InvoiceAsync(string invoice) =>
        (await GetAsync($"/api/invoices/{invoice}")).GetProperty("invoice");

    /// <summary>What happened to an invoice, in words, oldest first.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(string invoice) =>
        [.. (await GetAsync($"/api/invoices/{invoice}")).GetProperty("history").EnumerateArray()
            .Select(entry => entry.GetProperty("what").GetString()!)];

    /// <summary>The ids that a list of invoices holds.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string query) =>
        [.. (await GetAsync($"/api/invoices?{query}")).GetProperty("items").EnumerateArray()
            .Select(invoice => invoice.GetProperty("id").GetString()!)];

    /// <summary>Every mail so far, oldest first.</summary>
    public async Task<IReadOnlyList<MailRecord>> MailsAsync()
    {
        var page = await _home.Services.GetRequiredService<IMailOutbox>().QueryAsync(new MailQuery { PageSize = 1000 });
        return [.. page.Items.Reverse()];
    }

    /// <summary>Subjects of the mails of a kind, each with its day in Shanghai, oldest first.</summary>
    public async Task<IReadOnlyList<string>> MailsAsync(string kind) =>
        [.. (await MailsAsync()).Where(mail => mail.Mail.Kind == kind)
            .Select(mail => $"{mail.EnqueuedAt.ToOffset(TimeSpan.FromHours(8)):MM-dd} {mail.Mail.Subject}")];

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _home.Admin.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var answer = await SendAsync(path, json);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    public Task<HttpResponseMessage> SendAsync(string path, string json) =>
        _home.Admin.SendAsync(WebHome.Post(path, json, $"clocked-{++_number}"));

    /// <summary>Lets time pass to an hour of a day, UTC, and stops at each timer until it has done its work.</summary>
    public async Task UntilAsync(string day, int hour = 2)
    {
        await SettleAsync();
        var moment = Moment(day, hour);
        while (Engine.NextTimer is { } next && next <= moment)
        {
            _clock.AdvanceTo(next);
            if (_clock.NextTimer is { } alarm && alarm - next < TimeSpan.FromMilliseconds(1))
            {
                _clock.AdvanceTo(alarm);
            }

            await SettleAsync();
        }

        _clock.AdvanceTo(moment);
        await SettleAsync();
    }

    /// <summary>Time passes while nothing runs, as when the machine was down: then it goes on.</summary>
    public async Task SleepUntilAsync(string day, int hour = 2)
    {
        await SettleAsync();
        _clock.AdvanceTo(Moment(day, hour));
        await SettleAsync();
    }

    public ValueTask DisposeAsync() => new(_home.DisposeAsync());

    private async Task SettleAsync()
    {
        var quiet = 0;
        await Eventually.TrueAsync(
            () => (quiet = Engine.IsAtRest ? quiet + 1 : 0) >= LooksUntilQuiet, "the engine to come to rest");
    }

    private Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> fits) =>
        Eventually.ValueAsync(() => GetAsync(path), fits, path);

    private static DateTimeOffset Moment(string day, int hour) =>
        DateTimeOffset.ParseExact($"{day} {hour:00} +00", "yyyy-MM-dd HH zz", CultureInfo.InvariantCulture);
}

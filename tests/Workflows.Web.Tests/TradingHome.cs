using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Engine.Mails;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Operations;

namespace Workflows.Web.Tests;

/// <summary>A home with a person of every role, and deals as far along as a test needs them.</summary>
public sealed partial class TradingHome : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly Dictionary<Role, HttpClient> _callers = [];
    private WebHome _home = null!;
    private int _number;

    public WebHome Web => _home;

    /// <summary>The policy it runs under.</summary>
    public Policy Policy { get; init; } = PolicyLoader.Default();

    /// <summary>Puts services of the test's own in the place of the usual ones.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    /// <summary>Who gets the deals that are made from now on; null is whom the assignment rule chooses.</summary>
    public string? Owner { get; set; }

    public async Task InitializeAsync()
    {
        _home = new WebHome
        {
            Policy = Policy,
            Replace = services => Replace(services.AddSingleton<IMessageQueue, OpenQueue>()),
        };
        await _home.InitializeAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            _callers[role] = await _home.CallerAsync(NameOf(role), role);
        }
    }

    public Task DisposeAsync() => _home.DisposeAsync();

    /// <summary>A client of a person in that role.</summary>
    public HttpClient As(Role role) => _callers[role];

    public string Unique(string what) => $"{what}-{Interlocked.Increment(ref _number)}";

    /// <summary>A deal with an owner.</summary>
    public Task<string> AssignedAsync() => AssignedAsync($"rosa@{Unique("buyer")}.example");

    /// <summary>A deal of a buyer whom we may know.</summary>
    public async Task<string> AssignedAsync(string mail)
    {
        var deal = await TakenAsync(mail);
        var assigned = await DealAsync(
            deal, found => found.GetProperty("stage").GetString() == "Assigned", "an owner");
        if (Owner is { } owner && assigned.GetProperty("owner").GetString() != owner)
        {
            await HandOverAsync(deal, owner);
        }

        return deal;
    }

    /// <summary>A deal that was just taken in; the same buyer asks the same each time.</summary>
    public async Task<string> TakenAsync(string mail)
    {
        var name = mail.Split('@', '.')[1];
        var taken = await PostAsync("/api/inquiries", $$"""
            {"source":"fair","buyer":{"name":"Rosa Diaz","email":"{{mail}}","company":"{{name}} SA",
            "countryISO2":"ES"},"products":[{"name":"Gear pump","qty":40,"unit":"pc"}],"message":"Please quote."}
            """);
        return taken.GetProperty("dealId").GetString()!;
    }

    /// <summary>Gives a deal to another owner.</summary>
    public async Task HandOverAsync(string deal, string owner)
    {
        // Straight to the deal: whoever goes on leave later has it as well.
        var handedOver = new HandedOver(Unique("handover"), StaffId.System, new StaffId(owner), "A test.");
        await _home.Services.GetRequiredService<DealService>()
            .SignalAsync(new DealId(deal), handedOver, CancellationToken.None);
        await DealAsync(deal, found => found.GetProperty("owner").GetString() == owner, "the new owner");
    }

    /// <summary>A deal whose quotation the buyer has.</summary>
    public async Task<string> QuotedAsync() => await QuotedAsync(await AssignedAsync());

    private async Task<string> QuotedAsync(string deal)
    {
        await PostAsync($"/api/deals/{deal}/quotations", QuotationOf(discount: 0));
        await DealAsync(deal, found => found.GetProperty("quotationStatus").GetString() == "Sent", "a sent quotation");
        return deal;
    }

    /// <summary>A deal with an order and its invoices.</summary>
    public async Task<string> OrderedAsync() => await OrderAsync(await QuotedAsync());

    /// <summary>The same for a buyer whom we may know.</summary>
    public async Task<string> OrderedAsync(string mail) =>
        await OrderAsync(await QuotedAsync(await AssignedAsync(mail)));

    private async Task<string> OrderAsync(string deal)
    {
        await PostAsync($"/api/deals/{deal}/answer", """{"answer":"Accepted","purchaseOrder":"PO-1"}""");
        await DealAsync(deal, found => found.GetProperty("invoices").GetArrayLength() == 2, "the invoices");
        return deal;
    }

    /// <summary>A deal that was given up.</summary>
    public async Task<string> EndedAsync()
    {
        var deal = await AssignedAsync();
        await PostAsync($"/api/deals/{deal}/giveup", """{"reason":"The buyer is gone."}""");
        await DealAsync(deal, found => found.GetProperty("stage").GetString() == "Lost", "the end");
        return deal;
    }

    /// <summary>A deal that a person called spam.</summary>
    public async Task<string> RejectedAsync()
    {
        var deal = await AssignedAsync();
        await PostAsync($"/api/deals/{deal}/spam", """{"reason":"It sells lists of addresses."}""");
        await DealAsync(deal, found => found.GetProperty("stage").GetString() == "Rejected", "the rejection");
        return deal;
    }

    /// <summary>A deposit's invoice, due and open.</summary>
    public async Task<string> InvoiceAsync() => await OrderedAsync() + "-I1";

    /// <summary>A deal whose discount waits for an answer, with the path of its approver's link.</summary>
    public async Task<(string Deal, string Link)> AskedAsync()
    {
        var deal = await AssignedAsync();
        await PostAsync($"/api/deals/{deal}/quotations", QuotationOf(discount: 12));
        return (deal, await _home.LinkOfAsync(await MailAsync(deal, Link())));
    }

    /// <summary>A mail about something.</summary>
    public Task<MailRecord> MailAsync(string about, Regex? text = null) => Eventually.SeenAsync(
        async () => (await _home.Services.GetRequiredService<IMailOutbox>().QueryAsync(new MailQuery { About = about }))
            .Items.FirstOrDefault(record => text?.IsMatch(record.Mail.Text) ?? true),
        $"a mail about {about}");

    /// <summary>A mail that nothing has delivered yet.</summary>
    public async Task<string> QueuedMailAsync() => (await MailAsync(await AssignedAsync())).Mail.Id;

    /// <summary>A mail that the mail server has refused.</summary>
    public async Task<string> FailedMailAsync()
    {
        var id = await QueuedMailAsync();
        await _home.Services.GetRequiredService<IMailQueue>()
            .ReportFailedAsync(id, "No such person.", CancellationToken.None);
        return Uri.EscapeDataString(id);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _home.Admin.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var answer = await _home.Admin.SendAsync(WebHome.Post(path, json, Unique("trading-key")));
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    /// <summary>Pays an invoice in full, once more when it was paid before.</summary>
    /// <returns>The bank's reference.</returns>
    public async Task<string> PayAsync(string invoice)
    {
        var amount = (await GetAsync($"/api/invoices/{invoice}")).GetProperty("invoice").GetProperty("amount");
        var reference = Unique("BANK");
        await PostAsync(
            "/api/payments", $$"""{"reference":"{{reference}}","amount":{{amount}},"invoice":"{{invoice}}"}""");
        return reference;
    }

    /// <summary>A payment that nobody can place for certain.</summary>
    public async Task<string> UnplacedAsync()
    {
        var reference = Unique("LOST");
        await PostAsync(
            "/api/payments", $$$"""{"reference":"{{{reference}}}","amount":{"amount":"5.00","currency":"USD"}}""");
        return reference;
    }

    public Task<JsonElement> DealAsync(string deal, Func<JsonElement, bool> fits, string what) =>
        UntilAsync($"/api/deals/{deal}", fits, what);

    /// <summary>A paid invoice of that deal's deposit, and its customer's credit of as much again.</summary>
    public async Task<string> OverpaidAsync()
    {
        var deal = await OrderedAsync();
        await PayAsync($"{deal}-I1");
        await UntilAsync(
            $"/api/invoices/{deal}-I1",
            found => found.GetProperty("invoice").GetProperty("status").GetString() == "Paid", "a paid deposit");
        await PayAsync($"{deal}-I1");
        return deal;
    }

    public static string QuotationOf(int discount) => $$$"""
        {"lines":[{"sku":"GP-40","description":"Gear pump GP-40","quantity":40,"unit":"pc",
        "listPrice":{"amount":"100.00","currency":"USD"},"unitCost":{"amount":"60.00","currency":"USD"}}],
        "discountPercent":{{{discount}}},"delivery":{"incoterm":"FOB","place":"Shanghai"},"paymentTerms":"TT30-70BL"}
        """;

    private async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> fits, string what)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (!timeout.IsCancellationRequested)
        {
            using var answer = await _home.Admin.GetAsync(path);
            if (answer.StatusCode == HttpStatusCode.OK && await answer.JsonAsync() is var found && fits(found))
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        throw new TimeoutException($"Never seen: {what}.");
    }

    public static string NameOf(Role role) => role switch
    {
        Role.Sales => "jonas",
        Role.Manager => "hanna",
        _ => role.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex("/api/approvals/[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    private sealed class OpenQueue : IMessageQueue
    {
        public string Name => "inbound";

        public Task PutAsync(string message, CancellationToken cancellation) => Task.CompletedTask;
    }
}

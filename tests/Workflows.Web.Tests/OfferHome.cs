using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Approvals;
using Workflows.Conformance;
using Workflows.Engine;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Web.Tests;

/// <summary>A home on a clock that a test moves, started again under another policy when a test says so.</summary>
internal sealed class OfferHome : IAsyncDisposable
{
    private const int LooksUntilQuiet = 3;

    private static readonly LinkKeyRing Links = new([new LinkKey("k1", new byte[32])]);

    private readonly VirtualClock _clock = new(Morning);
    private WebHome _home;
    private int _number;

    private OfferHome(Policy policy)
    {
        Policy = policy;
        _home = NewHome(Directory.CreateTempSubdirectory("workflows-offers-").FullName);
    }

    /// <summary>Wednesday, 09:00 in Shanghai, the default company's zone.</summary>
    public static DateTimeOffset Morning { get; } = new(2026, 11, 4, 1, 0, 0, TimeSpan.Zero);

    public Policy Policy { get; private set; }

    public WebHome Web => _home;

    private DurableEngine Engine => _home.Services.GetRequiredService<DurableEngine>();

    public static async Task<OfferHome> StartAsync(Func<Policy, Policy>? change = null)
    {
        var policy = PolicyLoader.Default();
        var home = new OfferHome(change?.Invoke(policy) ?? policy);
        await home._home.InitializeAsync();
        return home;
    }

    /// <summary>Stops it and starts it again under another policy.</summary>
    public async Task RestartAsync(Func<Policy, Policy> change)
    {
        await SettleAsync();
        Policy = change(Policy);
        var folder = _home.Folder;
        await _home.StopAsync();
        _home = NewHome(folder);
        await _home.InitializeAsync();
        await SettleAsync();
    }

    public async ValueTask DisposeAsync() => await _home.DisposeAsync();

    /// <summary>A deal that has an owner.</summary>
    /// <param name="country">ISO 3166-1 alpha-2; the owner follows from it.</param>
    public async Task<string> AssignedAsync(string country = "DE")
    {
        var name = $"buyer-{++_number}";
        var taken = await PostAsync("/api/inquiries", $$"""
            {"source":"fair","buyer":{"name":"Rosa Diaz","email":"rosa@{{name}}.example","company":"{{name}} SA",
            "countryISO2":"{{country}}"},"products":[{"name":"Gear pump","qty":40,"unit":"pc"}],
            "message":"Please quote."}
            """);
        await SettleAsync();
        return taken.GetProperty("dealId").GetString()!;
    }

    /// <summary>Puts in a quotation: 800 x 24.00 at a cost of 15.00 unless a test says otherwise.</summary>
    public Task<JsonElement> QuoteAsync(
        string deal, decimal discount, string terms = "TT30-70BL", decimal list = 24, decimal? cost = 15,
        int? days = null, string sku = "RF-BV50")
    {
        var unitCost = cost is { } known
            ? FormattableString.Invariant($$""","unitCost":{"amount":"{{known}}","currency":"USD"}""")
            : "";
        var validity = days is { } some ? FormattableString.Invariant($",\"validityDays\":{some}") : "";
        return PostAsync($"/api/deals/{deal}/quotations", FormattableString.Invariant($$"""
            {"lines":[{"sku":"{{sku}}","description":"Ball valve DN50","quantity":800,"unit":"pcs",
            "listPrice":{"amount":"{{list}}","currency":"USD"}{{unitCost}}}],"discountPercent":{{discount}},
            "delivery":{"incoterm":"FOB","place":"Ningbo"},"paymentTerms":"{{terms}}"{{validity}}}
            """));
    }

    public Task<JsonElement> AcceptAsync(string deal) =>
        PostAsync($"/api/deals/{deal}/answer", """{"answer":"Accepted","purchaseOrder":"PO-1"}""");

    public Task<JsonElement> DealAsync(string deal) => GetAsync($"/api/deals/{deal}");

    /// <summary>The deal's last approval, with whom it waits for and its trail.</summary>
    public async Task<JsonElement> ApprovalAsync(string deal) =>
        (await DealAsync(deal)).GetProperty("approvals").EnumerateArray().Last();

    /// <summary>The mails of one kind about a deal as their addressees get them, oldest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> MailsAsync(string deal, string kind)
    {
        var secrets = _home.Services.GetRequiredService<IMailSecrets>();
        var stored = await _home.Services.GetRequiredService<IMailOutbox>()
            .QueryAsync(new MailQuery { About = deal, PageSize = 1000 });
        return await Task.WhenAll(stored.Items.Reverse().Where(record => record.Mail.Kind == kind)
            .Select(record => secrets.PutInAsync(record.Mail, CancellationToken.None)));
    }

    /// <summary>The link that a person has for the deal.</summary>
    public async Task<string> LinkAsync(string deal, string staff)
    {
        var asked = (await MailsAsync(deal, "approval-requested")).Concat(await MailsAsync(deal, "approval-escalated"));
        var mail = asked.Last(mail => mail.For == staff);
        var start = mail.Text.IndexOf("/api/approvals/", StringComparison.Ordinal);
        return mail.Text[start..(start + "/api/approvals/".Length + 43)];
    }

    /// <summary>Decides by a link, whatever comes of it.</summary>
    public async Task<HttpResponseMessage> DecideAsync(string link, string decision = "approve")
    {
        var answer = await _home.Anonymous.SendAsync(
            WebHome.Post(link, $$"""{"decision":"{{decision}}","comment":"As agreed."}"""));
        await SettleAsync();
        return answer;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _home.Admin.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var answer = await TryPostAsync(path, json);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    public async Task<HttpResponseMessage> TryPostAsync(string path, string json)
    {
        var answer = await _home.Admin.SendAsync(WebHome.Post(path, json, $"offer-key-{++_number}"));
        await SettleAsync();
        return answer;
    }

    /// <summary>Lets time pass, stopping at each timer on the way until what it set off is done.</summary>
    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        await SettleAsync();
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

    private async Task SettleAsync()
    {
        var quiet = 0;
        await Eventually.TrueAsync(
            () => (quiet = Engine.IsAtRest ? quiet + 1 : 0) >= LooksUntilQuiet, "the engine to come to rest");
    }

    private WebHome NewHome(string folder) => new()
    {
        Folder = folder,
        Policy = Policy,
        Replace = services => services
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton(new EngineOptions { DatabasePath = Path.Combine(folder, "web.db"), TimeProvider = _clock })
            .AddSingleton(Links),
    };
}

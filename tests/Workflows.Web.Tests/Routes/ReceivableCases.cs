using System.Globalization;
using System.Net;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Routes;

/// <summary>Invoices, payments and customers.</summary>
internal static class ReceivableCases
{
    private const string Nothing = "D-nothing-I1";

    public static IEnumerable<RouteCase> All =>
    [
        Get("/api/invoices", null, _ => Task.FromResult("/api/invoices")),
        Get("/api/invoices/{id}", null, async home => $"/api/invoices/{await home.InvoiceAsync()}") with
        {
            Missing = new($"/api/invoices/{Nothing}"),
        },
        Get("/invoices/{id}", null, async home => $"/invoices/{await home.InvoiceAsync()}") with
        {
            Missing = new($"/invoices/{Nothing}"),
        },
        Get("/receivables", null, _ => Task.FromResult("/receivables")),
        Get("/api/receivables/ageing", Role.Sales, _ => Task.FromResult("/api/receivables/ageing")),

        Api("disputes", Dispute(14), Dispute(0)),
        Form("dispute", DisputeFields(14), DisputeFields(0)),
        Api("disputes/resolution", "{}", "{}", DisputedAsync),
        Form("resolve", [("comment", "Settled."), ("dispute", "1")], [], DisputedAsync),
        Api("promises", Promise(7), Promise(-7)),
        Form("promise", [("date", Day(7)), ("amount", "1.00"), ("currency", "USD")], [("date", Day(-7))]),
        Api("writeoff", Reason, Reason, unfit: WrittenOffAsync),
        Form("write-off", [("reason", "Gone.")], [("reason", "Gone.")], unfit: WrittenOffAsync),
        Api("credit", null, null, async home => await home.OverpaidAsync() + "-I2"),
        Form("credit", [], [], async home => await home.OverpaidAsync() + "-I2"),

        new("POST /api/payments", HttpStatusCode.Created, async home =>
            new("/api/payments", PaymentOf(home.Unique("BANK"), await home.InvoiceAsync())))
        {
            Refused = Role.Sales,
        },
        Get("/api/payments", Role.Sales, _ => Task.FromResult("/api/payments?reference=BANK-1")),
        PaymentForm("POST /deals/{id}/payment", invoice => $"/deals/{invoice[..^3]}/payment"),
        PaymentForm("POST /invoices/{id}/payment", invoice => $"/invoices/{invoice}/payment"),
        Get("/api/payments/open", Role.Sales, _ => Task.FromResult("/api/payments/open")),
        new("POST /api/payments/assignments", HttpStatusCode.OK, async home => new(
            "/api/payments/assignments", AssignmentOf(await home.UnplacedAsync(), await home.InvoiceAsync())))
        {
            Refused = Role.Sales,
            Conflict = _ => Task.FromResult(new Call("/api/payments/assignments", AssignmentOf("NONE", Nothing))),
        },
        new("POST /receivables/assign", HttpStatusCode.SeeOther, async home => new(
            "/receivables/assign",
            Fields: [("reference", await home.UnplacedAsync()), ("invoice", await home.InvoiceAsync())]))
        {
            Refused = Role.Sales,
            Conflict = _ => Task.FromResult(
                new Call("/receivables/assign", Fields: [("reference", "NONE"), ("invoice", Nothing)])),
        },
        new("POST /api/payments/settlements", HttpStatusCode.OK, async home => new(
            "/api/payments/settlements", SettlementOf(await home.UnplacedAsync())))
        {
            Refused = Role.Sales,
            Conflict = _ => Task.FromResult(new Call("/api/payments/settlements", SettlementOf("NONE"))),
        },
        new("POST /api/payments/reversals", HttpStatusCode.OK, async home => new(
            "/api/payments/reversals", ReversalOf(await home.PayAsync(await home.InvoiceAsync()))))
        {
            Refused = Role.Sales,
            Conflict = _ => Task.FromResult(new Call("/api/payments/reversals", ReversalOf("NONE"))),
        },
        new("POST /invoices/{id}/take-back", HttpStatusCode.SeeOther, async home =>
        {
            var invoice = await home.InvoiceAsync();
            return new($"/invoices/{invoice}/take-back", Fields: ReversalFields(await home.PayAsync(invoice)));
        })
        {
            Refused = Role.Sales,
            Missing = new($"/invoices/{Nothing}/take-back", Fields: ReversalFields("NONE")),
            Conflict = async home =>
                new($"/invoices/{await home.InvoiceAsync()}/take-back", Fields: ReversalFields("NONE")),
        },
        new("POST /receivables/settle", HttpStatusCode.SeeOther, async home => new(
            "/receivables/settle", Fields: SettlementFields(await home.UnplacedAsync())))
        {
            Refused = Role.Sales,
            Conflict = _ => Task.FromResult(new Call("/receivables/settle", Fields: SettlementFields("NONE"))),
        },

        Get(
            "/api/customers/{id}/credit", Role.Operations,
            async home => $"/api/customers/{await CustomerAsync(home)}/credit") with
        {
            Missing = new("/api/customers/C-nothing/credit"),
        },
        Customer("hold", """{"reason":"Pays late."}"""),
        Customer("release", null),
        CustomerForm("hold", [("reason", "Pays late.")]),
        CustomerForm("release", []),
    ];

    private const string Reason = """{"reason":"Gone."}""";

    private static RouteCase Get(string pattern, Role? refused, Func<TradingHome, Task<string>> path) =>
        new($"GET {pattern}", HttpStatusCode.OK, async home => new(await path(home))) { Refused = refused };

    private static RouteCase Api(
        string name, string? json, string? bad, Func<TradingHome, Task<string>>? fit = null,
        Func<TradingHome, Task<string>>? unfit = null) =>
        new($"POST /api/invoices/{{id}}/{name}", HttpStatusCode.OK, async home =>
            new($"/api/invoices/{await InvoiceAsync(home, fit)}/{name}", json))
        {
            Refused = Role.Operations,
            Missing = new($"/api/invoices/{Nothing}/{name}", json),
            Conflict = async home => new($"/api/invoices/{await InvoiceAsync(home, unfit)}/{name}", bad),
        };

    private static RouteCase Form(
        string name, (string, string)[] fields, (string, string)[] bad, Func<TradingHome, Task<string>>? fit = null,
        Func<TradingHome, Task<string>>? unfit = null) =>
        new($"POST /invoices/{{id}}/{name}", HttpStatusCode.SeeOther, async home =>
            new($"/invoices/{await InvoiceAsync(home, fit)}/{name}", Fields: fields))
        {
            Refused = Role.Operations,
            Missing = new($"/invoices/{Nothing}/{name}", Fields: fields),
            Conflict = async home => new($"/invoices/{await InvoiceAsync(home, unfit)}/{name}", Fields: bad),
        };

    private static RouteCase PaymentForm(string route, Func<string, string> path) =>
        new(route, HttpStatusCode.SeeOther, async home =>
        {
            var invoice = await home.InvoiceAsync();
            return new(path(invoice), Fields: PaymentFields(home.Unique("BANK"), invoice));
        })
        {
            Refused = Role.Sales,
        };

    private static RouteCase Customer(string name, string? json) =>
        new($"POST /api/customers/{{id}}/{name}", HttpStatusCode.OK, async home =>
            new($"/api/customers/{await CustomerAsync(home)}/{name}", json))
        {
            Refused = Role.Sales,
            Missing = new($"/api/customers/C-nothing/{name}", json),
        };

    private static RouteCase CustomerForm(string name, (string, string)[] fields) =>
        Form(name, fields, []) with { Refused = Role.Sales, Conflict = null };

    private static Task<string> InvoiceAsync(TradingHome home, Func<TradingHome, Task<string>>? other) =>
        other is null ? home.InvoiceAsync() : other(home);

    private static async Task<string> DisputedAsync(TradingHome home)
    {
        var invoice = await home.InvoiceAsync();
        await home.PostAsync($"/api/invoices/{invoice}/disputes", Dispute(14));
        return invoice;
    }

    private static async Task<string> WrittenOffAsync(TradingHome home)
    {
        var invoice = await home.InvoiceAsync();
        await home.PostAsync($"/api/invoices/{invoice}/writeoff", Reason);
        return invoice;
    }

    private static async Task<string> CustomerAsync(TradingHome home) =>
        (await home.GetAsync($"/api/invoices/{await home.InvoiceAsync()}"))
        .GetProperty("invoice").GetProperty("customer").GetString()!;

    private static string Dispute(int days) =>
        $$$"""{"reason":"Broken.","until":"{{{Day(days)}}}","amount":{"amount":"1.00","currency":"USD"}}""";

    private static (string, string)[] DisputeFields(int days) =>
        [("reason", "Broken."), ("until", Day(days)), ("amount", "1.00"), ("currency", "USD")];

    private static string Promise(int days) => $$"""{"date":"{{Day(days)}}"}""";

    private static string PaymentOf(string reference, string invoice) => $$$"""
        {"reference":"{{{reference}}}","amount":{"amount":"5.00","currency":"USD"},"invoice":"{{{invoice}}}"}
        """;

    private static (string, string)[] PaymentFields(string reference, string invoice) =>
        [("reference", reference), ("amount", "5.00"), ("currency", "USD"), ("invoice", invoice)];

    private static string AssignmentOf(string reference, string invoice) =>
        $$"""{"reference":"{{reference}}","invoice":"{{invoice}}"}""";

    private static string SettlementOf(string payment) =>
        $$"""{"payment":"{{payment}}","as":"NotOurs","reason":"Our neighbour's."}""";

    private static (string, string)[] SettlementFields(string payment) =>
        [("payment", payment), ("as", "NotOurs"), ("reason", "Our neighbour's.")];

    private static string ReversalOf(string payment) =>
        $$"""{"payment":"{{payment}}","reason":"Another buyer's money."}""";

    private static (string, string)[] ReversalFields(string payment) =>
        [("payment", payment), ("reason", "Another buyer's money.")];

    private static string Day(int fromToday) =>
        TimeProvider.System.GetUtcNow().AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Net;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Routes;

/// <summary>Deals, quotations and approvals.</summary>
internal static class DealCases
{
    private const string Nobody = "D-nothing";

    private static readonly (string, string)[] Quotation =
    [
        ("currency", "USD"), ("discountPercent", "0"), ("incoterm", "FOB"), ("place", "Shanghai"),
        ("paymentTerms", "TT30-70BL"), ("sku0", "GP-40"), ("description0", "Gear pump"), ("quantity0", "40"),
        ("unit0", "pc"), ("price0", "100.00"), ("cost0", "60.00"), ("unit1", "pcs"),
    ];

    public static IEnumerable<RouteCase> All =>
    [
        Get("/api/deals", _ => Task.FromResult("/api/deals")),
        Get("/api/deals/{id}", Deal("/api/deals/")) with { Missing = new($"/api/deals/{Nobody}") },
        Get("/api/deals/{id}/timeline", async home => $"/api/deals/{await home.AssignedAsync()}/timeline") with
        {
            Missing = new($"/api/deals/{Nobody}/timeline"),
        },
        Get("/", _ => Task.FromResult("/")),
        Get("/ended", _ => Task.FromResult("/ended")),
        Get("/stages/{stage}", _ => Task.FromResult("/stages/Assigned")) with { Missing = new("/stages/Nowhere") },
        Get("/deals/{id}", Deal("/deals/")) with { Missing = new($"/deals/{Nobody}") },

        Api("reply", Role.Finance, """{"channel":"mail"}""", home => home.AssignedAsync(), home => home.EndedAsync()),
        Form("reply", Role.Finance, [("channel", "mail")], home => home.AssignedAsync(), home => home.EndedAsync()),

        Api(
            "quotations", Role.Operations, TradingHome.QuotationOf(discount: 0), home => home.AssignedAsync(),
            home => home.EndedAsync(), HttpStatusCode.Created),
        Form("quotation", Role.Operations, Quotation, home => home.AssignedAsync(), home => home.EndedAsync()),

        Api(
            "answer", Role.Finance, """{"answer":"Accepted"}""", home => home.QuotedAsync(),
            home => home.AssignedAsync()),
        Form(
            "answer", Role.Finance, [("answer", "Counter"), ("counterPrice", "3900.00"), ("currency", "USD")],
            home => home.QuotedAsync(), home => home.AssignedAsync()),

        Api(
            "milestones", Role.Sales, """{"milestone":"Produced"}""", PaidAsync, home => home.AssignedAsync()),
        Form("milestone", Role.Sales, [("milestone", "Produced")], PaidAsync, home => home.AssignedAsync()),

        Api(
            "handover", Role.Sales, """{"to":"mei","reason":"On leave."}""", home => home.AssignedAsync(),
            home => home.EndedAsync()),
        Form(
            "handover", Role.Sales, [("to", "mei"), ("reason", "On leave.")], home => home.AssignedAsync(),
            home => home.EndedAsync()),

        Api("giveup", Role.Finance, """{"reason":"Gone."}""", home => home.AssignedAsync(), home => home.EndedAsync()),
        Form("give-up", Role.Finance, [("reason", "Gone.")], home => home.AssignedAsync(), home => home.EndedAsync()),

        Api("spam", Role.Finance, """{"reason":"Spam."}""", home => home.AssignedAsync(), home => home.EndedAsync()),
        Form("spam", Role.Finance, [("reason", "Spam.")], home => home.AssignedAsync(), home => home.EndedAsync()),

        Api(
            "reinstate", Role.Sales, """{"reason":"Serious."}""", home => home.RejectedAsync(),
            home => home.EndedAsync()),
        Form(
            "reinstate", Role.Sales, [("reason", "Serious.")], home => home.RejectedAsync(),
            home => home.EndedAsync()),

        Get("/api/approvals", _ => Task.FromResult("/api/approvals")),
        Get("/approvals", _ => Task.FromResult("/approvals")),
        Get("/approvals/{id}", async home => "/approvals/" + Uri.EscapeDataString(await ApprovalAsync(home))) with
        {
            Missing = new("/approvals/nothing"),
        },
        Get("/api/approvals/{token}", async home => (await home.AskedAsync()).Link) with
        {
            IsOpen = true,
            Missing = new("/api/approvals/nothing"),
        },
        new("POST /api/approvals/{token}", HttpStatusCode.OK, async home =>
            new((await home.AskedAsync()).Link, """{"decision":"Approve"}"""))
        {
            IsOpen = true,
            Missing = new("/api/approvals/nothing", """{"decision":"Approve"}"""),
            Conflict = async home =>
            {
                var (_, link) = await home.AskedAsync();
                await home.PostAsync(link, """{"decision":"Approve"}""");
                return new(link, """{"decision":"Reject","comment":"No."}""");
            },
        },
    ];

    private static RouteCase Get(string pattern, Func<TradingHome, Task<string>> path) =>
        new($"GET {pattern}", HttpStatusCode.OK, async home => new(await path(home)));

    private static RouteCase Api(
        string name, Role refused, string json, Func<TradingHome, Task<string>> deal,
        Func<TradingHome, Task<string>> unfit, HttpStatusCode status = HttpStatusCode.OK) =>
        new($"POST /api/deals/{{id}}/{name}", status, async home => new($"/api/deals/{await deal(home)}/{name}", json))
        {
            Refused = refused,
            Missing = new($"/api/deals/{Nobody}/{name}", json),
            Conflict = async home => new($"/api/deals/{await unfit(home)}/{name}", json),
        };

    private static RouteCase Form(
        string name, Role refused, (string, string)[] fields, Func<TradingHome, Task<string>> deal,
        Func<TradingHome, Task<string>> unfit) =>
        new($"POST /deals/{{id}}/{name}", HttpStatusCode.SeeOther, async home =>
            new($"/deals/{await deal(home)}/{name}", Fields: fields))
        {
            Refused = refused,
            Missing = new($"/deals/{Nobody}/{name}", Fields: fields),
            Conflict = async home => new($"/deals/{await unfit(home)}/{name}", Fields: fields),
        };

    private static Func<TradingHome, Task<string>> Deal(string before) =>
        async home => before + await home.AssignedAsync();

    // Production waits for the deposit.
    private static async Task<string> PaidAsync(TradingHome home)
    {
        var deal = await home.OrderedAsync();
        await home.PayAsync($"{deal}-I1");
        await home.DealAsync(deal, found => found.GetProperty("holds").GetArrayLength() < 2, "production set free");
        return deal;
    }

    private static async Task<string> ApprovalAsync(TradingHome home)
    {
        var (deal, _) = await home.AskedAsync();
        var found = await home.DealAsync(
            deal, each => each.GetProperty("approvals").GetArrayLength() > 0, "the approval");
        return found.GetProperty("approvals")[0].GetProperty("request").GetProperty("id").GetString()!;
    }
}

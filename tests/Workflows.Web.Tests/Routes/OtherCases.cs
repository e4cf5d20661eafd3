using System.Globalization;
using System.Net;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Routes;

/// <summary>Inquiries, webhooks, reviews and mails.</summary>
internal static class OtherCases
{
    private const string Inquiry = """
        {"source":"fair","buyer":{"name":"Bo Li","email":"bo@li-trading.example"},"message":"Valves"}
        """;

    public static IEnumerable<RouteCase> All =>
    [
        new("POST /api/inquiries", HttpStatusCode.Created, _ => Task.FromResult(new Call("/api/inquiries", Inquiry)))
        {
            Refused = Role.Finance,
        },
        new("GET /api/webhooks/{platform}", HttpStatusCode.OK, _ => Task.FromResult(new Call("/api/webhooks/standard")))
        {
            IsOpen = true,
            Missing = new("/api/webhooks/nothing"),
        },
        new("POST /api/webhooks/{platform}", HttpStatusCode.Accepted, home => Task.FromResult(
            new Call("") { Raw = WebHome.Signed(home.Unique("msg_route"), Event) }))
        {
            IsOpen = true,
            Missing = new("/api/webhooks/nothing", "{}"),
            Conflict = async home =>
            {
                var id = home.Unique("msg_route");
                using var first = await home.Web.Anonymous.SendAsync(WebHome.Signed(id, Event));
                var changed = Event.Replace("other", "another", StringComparison.Ordinal);
                return new("") { Raw = WebHome.Signed(id, changed) };
            },
        },

        new("GET /api/reviews", HttpStatusCode.OK, _ => Task.FromResult(new Call("/api/reviews")))
        {
            Refused = Role.Sales,
        },
        new("GET /reviews", HttpStatusCode.OK, _ => Task.FromResult(new Call("/reviews"))) { Refused = Role.Sales },
        new("POST /api/reviews/{month}", HttpStatusCode.OK, _ =>
            Task.FromResult(new Call($"/api/reviews/{Month}", "{}")))
        {
            Refused = Role.Sales,
        },
        new("POST /reviews", HttpStatusCode.SeeOther, _ =>
            Task.FromResult(new Call("/reviews", Fields: [("month", Month)])))
        {
            Refused = Role.Sales,
        },
        new("GET /api/reviews/{month}", HttpStatusCode.OK, home => ReviewedAsync(home, $"/api/reviews/{Month}"))
        {
            Refused = Role.Sales,
            Missing = new("/api/reviews/1999-01"),
        },
        new("GET /reviews/{month}", HttpStatusCode.OK, home => ReviewedAsync(home, $"/reviews/{Month}"))
        {
            Refused = Role.Sales,
            Missing = new("/reviews/1999-01"),
        },

        new("GET /api/mails", HttpStatusCode.OK, _ => Task.FromResult(new Call("/api/mails"))),
        new("GET /mails", HttpStatusCode.OK, _ => Task.FromResult(new Call("/mails"))),
        new("GET /mails/{id}", HttpStatusCode.OK, home => MailAsync(home, "")) { Missing = new("/mails/nothing") },
        new("GET /mails/{id}/html", HttpStatusCode.OK, home => MailAsync(home, "/html"))
        {
            Missing = new("/mails/nothing/html"),
        },
    ];

    private const string Event = """{"type":"order.other","timestamp":"2026-11-03T08:00:00Z","data":{}}""";

    private static string Month => TimeProvider.System.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static async Task<Call> ReviewedAsync(TradingHome home, string path)
    {
        await home.PostAsync($"/api/reviews/{Month}", "{}");
        return new(path);
    }

    // To the buyer, and out before the deal has an owner.
    private static async Task<Call> MailAsync(TradingHome home, string part) =>
        new($"/mails/{await home.AssignedAsync()}%3Aacknowledged{part}");
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Operations;

namespace Workflows.Web.Tests.Routes;

/// <summary>What an administrator sees and does: instances, poison messages, dead letters.</summary>
internal static class AdminCases
{
    private const string Reason = """{"reason":"A test."}""";
    private const string Payload = """{"reason":"A test.","payload":{}}""";

    public static IEnumerable<RouteCase> All =>
    [
        Get("/api/instances", _ => Task.FromResult("/api/instances")),
        Get("/api/instances/{id}", async home => $"/api/instances/{await home.AssignedAsync()}") with
        {
            Missing = new("/api/instances/nothing"),
        },
        Operation("terminate"),
        Operation("suspend"),
        Operation("resume"),
        Operation("restart") with
        {
            Conflict = async home => new($"/api/instances/{await home.EndedAsync()}/restart", Reason),
        },
        Operation("rewind"),
        Operation("purge"),
        new("POST /api/instances/{id}/events/{name}", HttpStatusCode.Accepted, async home =>
            new($"/api/instances/{(await home.AskedAsync()).Deal}-A1/events/approval-signal", Payload))
        {
            Refused = Role.Manager,
            Missing = new("/api/instances/nothing/events/approval-signal", Payload),
            Conflict = async home => new(
                $"/api/instances/{await DecidedAsync(home)}/events/approval-signal", Payload),
        },
        new("POST /api/mails/{id}/resend", HttpStatusCode.Accepted, async home =>
            new($"/api/mails/{await home.FailedMailAsync()}/resend", ""))
        {
            Refused = Role.Manager,
            Missing = new("/api/mails/nothing/resend", ""),
            Conflict = async home => new($"/api/mails/{Uri.EscapeDataString(await home.QueuedMailAsync())}/resend", ""),
        },
        new("POST /api/mails/resend", HttpStatusCode.Accepted, async home =>
        {
            await home.FailedMailAsync();
            return new Call("/api/mails/resend", "");
        })
        {
            Refused = Role.Manager,
        },
        Form(
            "/mails/{id}/resend",
            async home => $"/mails/{await home.FailedMailAsync()}/resend", "/mails/nothing/resend") with
        {
            Conflict = async home => new(
                $"/mails/{Uri.EscapeDataString(await home.QueuedMailAsync())}/resend", Fields: []),
        },
        new("POST /mails/resend", HttpStatusCode.SeeOther, _ => Task.FromResult(new Call("/mails/resend", Fields: [])))
        {
            Refused = Role.Manager,
        },
        Get("/api/operations", _ => Task.FromResult("/api/operations")),

        Get("/operations", _ => Task.FromResult("/operations")),
        Form("/operations/poison/{queue}/retry", async home =>
        {
            await PoisonAsync(home);
            return "/operations/poison/inbound/retry";
        }, "/operations/poison/nothing/retry"),
        Form(
            "/operations/poison/{queue}/{id}/retry",
            async home => $"/operations/poison/inbound/{await PoisonAsync(home)}/retry",
            "/operations/poison/inbound/nothing/retry"),
        Form(
            "/operations/poison/{queue}/{id}/forget",
            async home => $"/operations/poison/inbound/{await PoisonAsync(home)}/forget",
            "/operations/poison/inbound/nothing/forget"),

        Get("/webhooks", _ => Task.FromResult("/webhooks")),
        Form(
            "/webhooks/{source}/{eventId}/retry",
            async home => $"/webhooks/standard/{await DeadLetterAsync(home)}/retry",
            "/webhooks/standard/nothing/retry"),
        Form(
            "/webhooks/{source}/{eventId}/dismiss",
            async home => $"/webhooks/standard/{await DeadLetterAsync(home)}/dismiss",
            "/webhooks/standard/nothing/dismiss"),
    ];

    private static RouteCase Get(string pattern, Func<TradingHome, Task<string>> path) =>
        new($"GET {pattern}", HttpStatusCode.OK, async home => new(await path(home))) { Refused = Role.Manager };

    private static RouteCase Operation(string name) =>
        new($"POST /api/instances/{{id}}/{name}", HttpStatusCode.OK, async home =>
            new($"/api/instances/{await home.AssignedAsync()}/{name}", Reason))
        {
            Refused = Role.Manager,
            Missing = new($"/api/instances/nothing/{name}", Reason),
        };

    private static RouteCase Form(string pattern, Func<TradingHome, Task<string>> path, string missing) =>
        new($"POST {pattern}", HttpStatusCode.SeeOther, async home => new(await path(home), Fields: []))
        {
            Refused = Role.Manager,
            Missing = new(missing, Fields: []),
        };

    private static async Task<string> DecidedAsync(TradingHome home)
    {
        var (deal, link) = await home.AskedAsync();
        await home.PostAsync(link, """{"decision":"approve"}""");
        await home.DealAsync(deal, found => found.GetProperty("quotationStatus").GetString() == "Sent", "the decision");
        return $"{deal}-A1";
    }

    private static async Task<string> PoisonAsync(TradingHome home)
    {
        var poison = home.Web.Services.GetRequiredService<PoisonMessages>();
        var body = home.Unique("body");
        await poison.KeepAsync("inbound", body, CancellationToken.None);
        return (await poison.LatestAsync(50, CancellationToken.None)).Latest.Single(message => message.Body == body).Id;
    }

    private static async Task<string> DeadLetterAsync(TradingHome home)
    {
        var id = home.Unique("msg_dead");
        using var answer = await home.Web.Anonymous.SendAsync(WebHome.Signed(id, "[]"));
        return id;
    }
}

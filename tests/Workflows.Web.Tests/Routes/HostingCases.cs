using System.Net;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Routes;

/// <summary>What every route stands on: health, problems, files, signing in, and the description of the API.</summary>
internal static class HostingCases
{
    public static IEnumerable<RouteCase> All =>
    [
        Open("GET /health/live", "/health/live"),
        Open("GET /health/ready", "/health/ready"),
        Open("GET /app.css", "/app.css"),
        Open("GET /mark.svg", "/mark.svg"),
        Open("GET /favicon.ico", "/favicon.ico"),
        Open("GET /problems/{slug}", "/problems/not-found") with { Missing = new("/problems/nothing") },
        Open("GET /openapi/{documentName}.json", "/openapi/v1.json") with { Missing = new("/openapi/v9.json") },
        Open("GET /sign-in", "/sign-in"),
        new("POST /sign-in", HttpStatusCode.SeeOther, async home => new(
            "/sign-in", Fields: [("key", (await home.Web.Keys.AddAsync("visitor", Role.Sales)).Secret)]))
        {
            IsOpen = true,
        },
        new("POST /sign-out", HttpStatusCode.SeeOther, _ => Task.FromResult(new Call("/sign-out", Fields: [])))
        {
            IsOpen = true,
        },
    ];

    private static RouteCase Open(string route, string path) =>
        new(route, HttpStatusCode.OK, _ => Task.FromResult(new Call(path))) { IsOpen = true };
}

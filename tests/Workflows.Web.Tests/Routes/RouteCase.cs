using System.Net;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Routes;

/// <summary>A request to a route, as JSON, as a form, or as it is given.</summary>
internal sealed record Call(string Path, string? Json = null, (string Name, string Value)[]? Fields = null)
{
    /// <summary>Takes the place of the rest.</summary>
    public HttpRequestMessage? Raw { get; init; }
}

/// <summary>What a route must be seen to do.</summary>
/// <param name="Route">Method and pattern.</param>
/// <param name="Status">Of its success.</param>
/// <param name="Good">A request that it takes from an admin.</param>
internal sealed record RouteCase(string Route, HttpStatusCode Status, Func<TradingHome, Task<Call>> Good)
{
    /// <summary>Those of every route.</summary>
    public static IReadOnlyList<RouteCase> All { get; } =
        [.. HostingCases.All, .. DealCases.All, .. ReceivableCases.All, .. OtherCases.All, .. AdminCases.All];

    /// <summary>A role that may not; null when every role may.</summary>
    public Role? Refused { get; init; }

    /// <summary>A request that the state of things refuses: 409; null when there is none.</summary>
    public Func<TradingHome, Task<Call>>? Conflict { get; init; }

    /// <summary>A request about something that is not there: 404; null when the route names nothing.</summary>
    public Call? Missing { get; init; }

    /// <summary>Whether strangers may.</summary>
    public bool IsOpen { get; init; }

    public HttpMethod Method => HttpMethod.Parse(Route.Split(' ')[0]);

    public string Pattern => Route.Split(' ')[1];

    public override string ToString() => Route;
}

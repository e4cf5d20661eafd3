using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Tests.Routes;

/// <summary>
/// What the API can the console can, and the other way round, for the same roles; what is missing is missing on
/// purpose.
/// </summary>
public sealed class ParityTests(WebHome home) : IClassFixture<WebHome>
{
    private static readonly (string Api, string Console)[] Pairs =
    [
        ("GET /api/deals", "GET /"),
        ("GET /api/deals", "GET /ended"),
        ("GET /api/deals", "GET /stages/{stage}"),
        ("GET /api/deals/{id}", "GET /deals/{id}"),
        ("POST /api/deals/{id}/reply", "POST /deals/{id}/reply"),
        ("POST /api/deals/{id}/quotations", "POST /deals/{id}/quotation"),
        ("POST /api/deals/{id}/answer", "POST /deals/{id}/answer"),
        ("POST /api/deals/{id}/milestones", "POST /deals/{id}/milestone"),
        ("POST /api/deals/{id}/handover", "POST /deals/{id}/handover"),
        ("POST /api/deals/{id}/giveup", "POST /deals/{id}/give-up"),
        ("POST /api/deals/{id}/spam", "POST /deals/{id}/spam"),
        ("POST /api/deals/{id}/reinstate", "POST /deals/{id}/reinstate"),
        ("GET /api/approvals", "GET /approvals"),
        ("GET /api/invoices", "GET /receivables"),
        ("GET /api/invoices/{id}", "GET /invoices/{id}"),
        ("POST /api/invoices/{id}/disputes", "POST /invoices/{id}/dispute"),
        ("POST /api/invoices/{id}/disputes/resolution", "POST /invoices/{id}/resolve"),
        ("POST /api/invoices/{id}/promises", "POST /invoices/{id}/promise"),
        ("POST /api/invoices/{id}/writeoff", "POST /invoices/{id}/write-off"),
        ("POST /api/invoices/{id}/credit", "POST /invoices/{id}/credit"),
        ("POST /api/customers/{id}/hold", "POST /invoices/{id}/hold"),
        ("POST /api/customers/{id}/release", "POST /invoices/{id}/release"),
        ("POST /api/payments", "POST /invoices/{id}/payment"),
        ("POST /api/payments", "POST /deals/{id}/payment"),
        ("POST /api/payments/assignments", "POST /receivables/assign"),
        ("POST /api/payments/settlements", "POST /receivables/settle"),
        ("POST /api/payments/reversals", "POST /invoices/{id}/take-back"),
        ("GET /api/reviews", "GET /reviews"),
        ("GET /api/reviews/{month}", "GET /reviews/{month}"),
        ("POST /api/reviews/{month}", "POST /reviews"),
        ("GET /api/mails", "GET /mails"),
        ("POST /api/mails/{id}/resend", "POST /mails/{id}/resend"),
        ("POST /api/mails/resend", "POST /mails/resend"),
        ("GET /api/instances", "GET /operations"),
    ];

    private static readonly Dictionary<string, string> OnlyInTheApi = new()
    {
        ["GET /api/deals/{id}/timeline"] = "Stands on the deal's page, part by part.",
        ["POST /api/inquiries"] = "No form yet: fairs and phones come in by import.",
        ["GET /api/receivables/ageing"] = "Stands on the page of receivables, for those who may see it.",
        ["GET /api/payments"] = "An invoice's page tells what came in on it, the page of receivables what waits.",
        ["GET /api/payments/open"] = "Stands on the page of receivables, for those who may place them.",
        ["GET /api/customers/{id}/credit"] = "Stands on the page of an invoice, for those who may see it.",
        ["GET /api/approvals/{token}"] = "Answers people with a page of its own.",
        ["POST /api/approvals/{token}"] = "Takes the form of that page too.",
        ["GET /api/webhooks/{platform}"] = "For platforms.",
        ["POST /api/webhooks/{platform}"] = "For platforms.",
        ["GET /api/instances/{id}"] = "Repairs are scripted: the page only shows where they are needed.",
        ["POST /api/instances/{id}/terminate"] = "Repairs are scripted.",
        ["POST /api/instances/{id}/suspend"] = "Repairs are scripted.",
        ["POST /api/instances/{id}/resume"] = "Repairs are scripted.",
        ["POST /api/instances/{id}/restart"] = "Repairs are scripted.",
        ["POST /api/instances/{id}/rewind"] = "Repairs are scripted.",
        ["POST /api/instances/{id}/purge"] = "Repairs are scripted.",
        ["POST /api/instances/{id}/events/{name}"] = "Repairs are scripted.",
        ["GET /api/operations"] = "Its latest entries stand on the page of operations.",
    };

    private static readonly Dictionary<string, string> OnlyInTheConsole = new()
    {
        ["GET /approvals/{id}"] = "A deal in the API holds its approvals.",
        ["GET /mails/{id}"] = "The API's list holds each mail.",
        ["GET /mails/{id}/html"] = "How a mail looks is for people.",
        ["GET /webhooks"] = "Dead letters are read by a person.",
        ["POST /webhooks/{source}/{eventId}/retry"] = "Dead letters are read by a person.",
        ["POST /webhooks/{source}/{eventId}/dismiss"] = "Dead letters are read by a person.",
        ["POST /operations/poison/{queue}/retry"] = "Poison messages are read by a person.",
        ["POST /operations/poison/{queue}/{id}/retry"] = "Poison messages are read by a person.",
        ["POST /operations/poison/{queue}/{id}/forget"] = "Poison messages are read by a person.",
    };

    private Dictionary<string, string?> Policies => home.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
        .SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            .Where(method => method != "HEAD")
            .Select(method => (
                Name: $"{method} /{route.RoutePattern.RawText!.Trim('/')}",
                Policy: route.Metadata.GetMetadata<IAuthorizeData>()?.Policy)))
        .ToDictionary(route => route.Name, route => route.Policy);

    [Fact]
    public void What_the_API_can_the_console_can()
    {
        var api = Policies.Keys.Where(route => route.Contains(" /api/", StringComparison.Ordinal));
        Assert.Equal(
            api.Order(StringComparer.Ordinal),
            Pairs.Select(pair => pair.Api).Concat(OnlyInTheApi.Keys).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_console_can_the_API_can()
    {
        var console = Policies.Keys
            .Where(route => !route.Contains(" /api/", StringComparison.Ordinal))
            .Except(HostingCases.All.Select(each => each.Route));
        Assert.Equal(
            console.Order(StringComparer.Ordinal),
            Pairs.Select(pair => pair.Console).Concat(OnlyInTheConsole.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_are_open_to_the_same_roles()
    {
        var policies = Policies;
        Assert.All(Pairs, pair => Assert.Equal(policies[pair.Api], policies[pair.Console]));
    }
}

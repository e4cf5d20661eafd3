using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Trade;

namespace Workflows.Tests.Inquiries;

/// <summary>Inquiries to start a test from.</summary>
internal static class Buyers
{
    public static Buyer Anna { get; } = new("Anna Berg", "Acme GmbH", "anna@acme.example", null, "DE", null, 0, false);

    public static Inquiry Inquiry(
        Buyer? buyer = null, string id = "M1", string message = "Please quote your ball valves for our plant.",
        string? sku = "RF-BV50") => new(
        "alibaba",
        id,
        Scenario.Morning,
        buyer ?? Anna,
        sku is null ? [] : [new RequestedProduct(sku, "Ball valve DN50", 500, "pcs", null)],
        message,
        "en",
        Delivery: null,
        SpamFlag: false);
}

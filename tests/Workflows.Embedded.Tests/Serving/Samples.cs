namespace Workflows.Embedded.Tests.Serving;

/// <summary>What platforms send.</summary>
internal static class Samples
{
    /// <summary>An inquiry that somebody would answer.</summary>
    public static object Inquiry(string id) => new
    {
        platformInquiryId = id,
        buyer = new { name = "Katrin Brandt", company = $"Hanse {id} GmbH", email = $"katrin@{id.ToLowerInvariant()}.example", countryISO2 = "DE" },
        products = new[] { new { sku = "RF-BV50", name = "Ball valve DN50", qty = 400, unit = "pcs" } },
        message = "Please quote 400 ball valves.",
        language = "de",
    };
}

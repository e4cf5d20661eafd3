namespace Workflows.Embedded.Tests.Serving;

/// <summary>What platforms send.</summary>
internal static class Samples
{
    /// <summary>
    /// An offer of USD 10,400.00 at list price: 30% deposit, 70% against the bill of lading. Without a discount its
    /// salesperson may make it.
    /// </summary>
    public static object Quotation(int discountPercent = 0) => new
    {
        lines = new[]
        {
            new
            {
                sku = "RF-BV50",
                description = "Ball valve DN50",
                quantity = 400,
                unit = "pcs",
                listPrice = new { amount = "26.00", currency = "USD" },
                unitCost = new { amount = "16.00", currency = "USD" },
            },
        },
        delivery = new { incoterm = "CIF", place = "Hamburg" },
        paymentTerms = "TT30-70BL",
        discountPercent,
    };

    /// <summary>An inquiry that a salesperson would answer.</summary>
    public static object Inquiry(string id) => new
    {
        platformInquiryId = id,
        buyer = new
        {
            name = "Katrin Brandt",
            company = $"Hanse {id} GmbH",
            email = $"katrin@{id.ToLowerInvariant()}.example",
            countryISO2 = "DE",
        },
        products = new[] { new { sku = "RF-BV50", name = "Ball valve DN50", qty = 400, unit = "pcs" } },
        message = "Please quote 400 ball valves.",
        language = "de",
    };
}

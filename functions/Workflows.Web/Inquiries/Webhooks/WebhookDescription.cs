using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>An event of our own JSON shape, for sources of the scheme <c>standard</c>.</summary>
/// <param name="Type">
/// <c>inquiry.created</c>, or <c>inquiry.message</c> when the buyer writes again; others are recorded and ignored.
/// </param>
/// <param name="Data">The inquiry; members that are not known are left alone.</param>
/// <param name="Timestamp">When it happened.</param>
internal sealed record InquiryEvent(string Type, InquiryRecord Data, DateTimeOffset? Timestamp = null);

/// <summary>
/// What deliveries look like, for <c>/openapi/v1.json</c>. Their bodies are read raw, so the routes cannot describe
/// them.
/// </summary>
internal static class WebhookDescription
{
    private const string Example =
        """
        {"type":"inquiry.created","timestamp":"2026-11-03T08:00:00Z","data":{"platformInquiryId":"Q-1001",
        "buyer":{"name":"Anna Berg","email":"anna@berg-pumpen.de","company":"Berg Pumpen GmbH","countryISO2":"DE"},
        "products":[{"sku":"GP-40","name":"Gear pump GP-40","qty":50,"unit":"pc","targetPrice":{"amount":"180.00","currency":"USD"}}],
        "incoterm":"FOB","destPort":"Hamburg","message":"Please quote.","language":"de"}}
        """;

    public static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var schema = await context.GetOrCreateSchemaAsync(
            typeof(InquiryEvent), parameterDescription: null, cancellation);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "The raw bytes are what is signed.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = schema, Example = JsonNode.Parse(Example) },
            },
        };
        operation.Parameters ??= [];
        foreach (
            var header in context.ApplicationServices.GetServices<IWebhookAdapter>().SelectMany(
                adapter => adapter.Headers))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }
}

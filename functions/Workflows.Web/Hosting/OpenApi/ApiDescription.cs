using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Hosting.OpenApi;

/// <summary>
/// The description at <c>/openapi/v1.json</c>, made from the routes themselves so that it cannot lie.
/// </summary>
internal static class ApiDescription
{
    /// <summary>Names the document in its address.</summary>
    public const string Name = "v1";

    private const string Scheme = "apiKey";

    public static void Add(IServiceCollection services, Uri address)
    {
        services.AddSingleton<DescriptionRoute>();
        services.AddOpenApi(Name, options => Configure(options, address));
    }

    private static void Configure(OpenApiOptions options, Uri address)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document, address);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancellation) =>
        {
            Describe(operation, context);
            await DescribeChoicesAsync(operation, context, cancellation);
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiDocument document, Uri address)
    {
        // Not the host that a request names: one answer is sent to everybody.
        document.Servers = [new OpenApiServer { Url = address.AbsoluteUri }];
        document.Info = new OpenApiInfo
        {
            Title = "Workflows",
            Version = "v1",
            Description =
                "From a buyer's inquiry to money in the bank. Errors are problem documents (RFC 9457) whose type is "
                    + "stable; " +
                "times are RFC 3339 in UTC; amounts of money are text.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key. Its name is the member of staff who acts, its role what they may do.",
            },
        };
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] },
            ];
            var policy = metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
            if (policy is not null)
            {
                operation.Description = $"{operation.Description} Open to: {policy}.".Trim();
            }
        }

        if (metadata.OfType<TakesIdempotencyKey>().LastOrDefault() is { } takes)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKeyHeader.Name,
                In = ParameterLocation.Header,
                Required = takes.IsRequired,
                Description =
                    $"Fresh for each new request, the same for its repetitions; kept for a person and a route "
                        + $"for {IdempotencyKeys.Lifetime.TotalHours} hours, also when the API key is replaced.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 8, MaxLength = 128 },
            });
        }
    }

    /// <summary>Query parameters that are read as text and are one of the names of an enumeration.</summary>
    private static async Task DescribeChoicesAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        foreach (var described in context.Description.ParameterDescriptions)
        {
            if (described.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: var info }
                && info.GetCustomAttribute<ChoiceAttribute>() is { } choice
                && operation.Parameters?.FirstOrDefault(
                    parameter => parameter.Name == described.Name) is OpenApiParameter parameter)
            {
                parameter.Schema = await context.GetOrCreateSchemaAsync(
                    choice.Of, parameterDescription: null, cancellation);
            }
        }
    }

    /// <summary>The types that are written otherwise than their members suggest.</summary>
    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (type == typeof(Money))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "An amount in a currency.";
            schema.Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["amount"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Pattern = @"^-?(0|[1-9]\d{0,14})(\.\d+)?$",
                    Description =
                        "In units of the currency, with at most its minor unit's decimals; the price of one unit may "
                        + "have four more.",
                    Examples = [JsonValue.Create("1234.50")],
                },
                ["currency"] = CurrencySchema(),
            };
            schema.Required = new HashSet<string> { "amount", "currency" };
            schema.AdditionalPropertiesAllowed = false;
        }
        else if (type == typeof(Currency))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = CurrencySchema().Pattern;
            schema.Properties = null;
        }
        else if (Scalars.Find(type) is { IsText: true } && type != typeof(string))
        {
            schema.Type = JsonSchemaType.String;
            schema.Properties = null;
            schema.Required = null;
        }
    }

    private static OpenApiSchema CurrencySchema() =>
        new()
        {
            Type = JsonSchemaType.String,
            Pattern = "^[A-Z]{3}$",
            Description = "ISO 4217.",
            Examples = [JsonValue.Create("USD")],
        };
}

using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workflows.Azure.Serving;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddWorkflowsHome(builder.Configuration);

// The host sends its own telemetry (telemetryMode in host.json); this is the worker's.
var telemetry = builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 })
{
    telemetry.UseAzureMonitorExporter(exporter =>
    {
        exporter.Credential = new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { ManagedIdentityClientId = builder.Configuration["AZURE_CLIENT_ID"] });

        // Only some traces are kept; the lines that alerts look for must not go with the others.
        exporter.EnableTraceBasedLogsSampler = false;
    });
}

await builder.Build().RunAsync();

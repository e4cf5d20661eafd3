using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Workflows.Azure.Serving;

/// <summary>The app on the official worker, as it is started.</summary>
internal static class HomeApplication
{
    /// <exception cref="FormatException">A setting is missing or makes no sense; says which.</exception>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddWorkflowsHome(builder.Configuration);

        // The host sends its own telemetry (telemetryMode in host.json); this is the worker's.
        var telemetry = builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 })
        {
            var identity = builder.Configuration["AZURE_CLIENT_ID"];
            telemetry.UseAzureMonitorExporter(exporter => Configure(exporter, identity));
        }
        else
        {
            // Only here: the host would send what is printed to the same place once more.
            builder.Logging.AddProvider(new HostConsole(Console.Out))
                .AddFilter<HostConsole>(category: null, LogLevel.Warning)
                .AddFilter<HostConsole>("Workflows", LogLevel.Information);
        }

        return builder;
    }

    private static void Configure(AzureMonitorExporterOptions exporter, string? identity)
    {
        exporter.Credential = new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { ManagedIdentityClientId = identity });

        // Only some traces are kept; the lines that alerts look for must not go with the others.
        exporter.EnableTraceBasedLogsSampler = false;
    }
}

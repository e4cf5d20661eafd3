namespace OpenTelemetry
{
    using Microsoft.Extensions.DependencyInjection;

    /// <summary>Of package OpenTelemetry.</summary>
    public interface IOpenTelemetryBuilder
    {
        IServiceCollection Services { get; }
    }

    /// <summary>Of package OpenTelemetry.Extensions.Hosting.</summary>
    public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
    {
        internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

        public IServiceCollection Services { get; }
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    using OpenTelemetry;

    /// <summary>Of package OpenTelemetry.Extensions.Hosting.</summary>
    public static class OpenTelemetryServicesExtensions
    {
        public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services) => new(services);
    }
}

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry
{
    using global::OpenTelemetry;

    /// <summary>Of package Microsoft.Azure.Functions.Worker.OpenTelemetry.</summary>
    public static class ConfigureFunctionsOpenTelemetry
    {
        public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) => builder;
    }
}

namespace Azure.Monitor.OpenTelemetry.Exporter
{
    using global::Azure.Core;
    using global::OpenTelemetry;

    /// <summary>Of package Azure.Monitor.OpenTelemetry.Exporter.</summary>
    public class AzureMonitorExporterOptions : ClientOptions
    {
#nullable disable
        public TokenCredential Credential { get; set; }
#nullable restore

        public bool EnableTraceBasedLogsSampler { get; set; } = true;
    }

    /// <summary>Of package Azure.Monitor.OpenTelemetry.Exporter.</summary>
    public static class OpenTelemetryBuilderExtensions
    {
        public static IOpenTelemetryBuilder UseAzureMonitorExporter(
            this IOpenTelemetryBuilder builder, Action<AzureMonitorExporterOptions> configureAzureMonitor) => builder;
    }
}

using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Workflows.Azure.Storage;

/// <summary>
/// The storage account by the settings that the triggers read too. <c>Storage</c> is a connection string; without it
/// <c>Storage__accountName</c> (or <c>Storage__tableServiceUri</c> and <c>Storage__queueServiceUri</c>) is reached by
/// identity, the user-assigned one of <c>Storage__clientId</c> if that is set.
/// </summary>
internal sealed class StorageAccount
{
    /// <summary>The connection's name, for trigger attributes.</summary>
    public const string Connection = "Storage";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private StorageAccount(TableServiceClient tables, QueueServiceClient queues)
    {
        Tables = tables;
        Queues = queues;
    }

    public TableServiceClient Tables { get; }

    public QueueServiceClient Queues { get; }

    /// <param name="adjust">Has the last word on both clients' options.</param>
    /// <exception cref="FormatException">The settings name no account.</exception>
    public static StorageAccount Open(IConfiguration settings, Action<ClientOptions>? adjust = null)
    {
        var (tableOptions, queueOptions) = (TableOptions(), QueueOptions());
        adjust?.Invoke(tableOptions);
        adjust?.Invoke(queueOptions);
        if (settings[Connection] is { Length: > 0 } connectionString)
        {
            return new StorageAccount(
                new TableServiceClient(connectionString, tableOptions),
                new QueueServiceClient(connectionString, queueOptions));
        }

        var section = settings.GetSection(Connection);
        var credential = new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] });
        return new StorageAccount(
            new TableServiceClient(EndpointOf(section, "table"), credential, tableOptions),
            new QueueServiceClient(EndpointOf(section, "queue"), credential, queueOptions));
    }

    private static Uri EndpointOf(IConfigurationSection section, string service) =>
        section[service + "ServiceUri"] is { Length: > 0 } address ? new Uri(address)
        : section["accountName"] is { Length: > 0 } account ? new Uri($"https://{account}.{service}.core.windows.net")
        : throw new FormatException(
            $"Set {Connection} to a connection string, or {Connection}__accountName to the storage account's name.");

    private static TableClientOptions TableOptions()
    {
        var options = new TableClientOptions();
        options.Retry.NetworkTimeout = Timeout;
        options.AddPolicy(new RetryWatch(), HttpPipelinePosition.PerRetry);
        return options;
    }

    // The version is the newest that the emulator knows; base64 is what the queue triggers expect.
    private static QueueClientOptions QueueOptions()
    {
        var options = new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05)
        {
            MessageEncoding = QueueMessageEncoding.Base64,
        };
        options.Retry.NetworkTimeout = Timeout;
        return options;
    }
}

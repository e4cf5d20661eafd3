using Azure.Core;

namespace Azure.Storage.Queues;

public class QueueClientOptions : ClientOptions
{
    /// <summary>The package's own default is newer than the emulators are; say which version is meant.</summary>
    public QueueClientOptions(ServiceVersion version = ServiceVersion.V2026_10_06) => Version = version;

    public enum ServiceVersion
    {
        V2025_11_05 = 28,
        V2026_10_06 = 32,
    }

    public ServiceVersion Version { get; }

    public QueueMessageEncoding MessageEncoding { get; set; }

    internal string VersionString => Version.ToString()[1..].Replace('_', '-');
}

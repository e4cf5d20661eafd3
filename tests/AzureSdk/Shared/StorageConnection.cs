namespace Azure.Storage;

/// <summary>What a storage connection string says of one service: where it is, and how to sign for it.</summary>
internal sealed record StorageConnection(string AccountName, string AccountKey, Uri Endpoint)
{
    private const string DevelopmentAccount = "devstoreaccount1";

    // The emulator's published key; it opens nothing but emulators.
    private const string DevelopmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <param name="service"><c>table</c> or <c>queue</c>.</param>
    /// <param name="developmentPort">The emulator's port for that service.</param>
    public static StorageConnection Parse(string connectionString, string service, int developmentPort)
    {
        var settings = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2))
            .ToDictionary(pair => pair[0].Trim(), pair => pair.ElementAtOrDefault(1)?.Trim() ?? "", StringComparer.OrdinalIgnoreCase);
        if (settings.GetValueOrDefault("UseDevelopmentStorage") == "true")
        {
            var place = new Uri($"http://127.0.0.1:{developmentPort}/{DevelopmentAccount}");
            return new StorageConnection(DevelopmentAccount, DevelopmentKey, place);
        }

        if (!settings.TryGetValue("AccountName", out var name) || !settings.TryGetValue("AccountKey", out var key))
        {
            throw new FormatException("The connection string has no AccountName and AccountKey.");
        }

        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        var endpoint = settings.GetValueOrDefault(service + "Endpoint", $"{protocol}://{name}.{service}.{suffix}");
        return new StorageConnection(name, key, new Uri(endpoint.TrimEnd('/')));
    }
}

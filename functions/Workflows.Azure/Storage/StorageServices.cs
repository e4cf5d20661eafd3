using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;

namespace Workflows.Azure.Storage;

/// <summary>Rows in the storage account of the settings.</summary>
internal static class StorageServices
{
    /// <exception cref="FormatException">The settings name no account.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration settings)
    {
        var account = StorageAccount.Open(settings);
        services.AddSingleton(account);
        services.AddSingleton<ITableStore>(new AzureTableStore(account.Tables));
        return services;
    }
}

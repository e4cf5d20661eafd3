using Microsoft.Extensions.Configuration;

namespace Workflows.Azure.Serving;

/// <summary>
/// Settings that point into a key vault. Where a secret cannot be read, the platform hands the app the reference
/// itself, which would pass for a key that anybody who knows the vault's name can spell.
/// </summary>
internal static class VaultReferences
{
    private const string Mark = "@Microsoft.KeyVault(";

    /// <exception cref="FormatException">A secret was not read; says whose.</exception>
    public static void ThrowIfUnread(IConfiguration settings)
    {
        foreach (var (name, value) in settings.AsEnumerable())
        {
            if (value?.StartsWith(Mark, StringComparison.OrdinalIgnoreCase) is true)
            {
                throw new FormatException(
                    $"The secret of {name.Replace(":", "__", StringComparison.Ordinal)} could not be read from the key "
                        + "vault.");
            }
        }
    }
}

using Microsoft.Extensions.Configuration;
using Workflows.Approvals;
using Workflows.Mails;
using Workflows.Web;

namespace Workflows.Azure.Serving;

/// <summary>
/// How this home runs: settings section <c>Workflows</c>. Secrets in it are references to a key vault.
/// </summary>
/// <param name="Web">
/// The settings of the web layer: <c>PublicAddress</c>, <c>Webhooks:Sources</c>, <c>RateLimits</c>.
/// </param>
/// <param name="AdminKey">Setting <c>AdminKey</c>: opens everything.</param>
/// <param name="Keys">Settings <c>Keys</c>: those of the staff.</param>
/// <param name="RevokedKeys">
/// Setting <c>RevokedKeys</c>: ids of keys, or names of their holders, that are good no more.
/// </param>
/// <param name="Links">
/// Setting <c>LinkKeys</c>: <c>id:base64</c> of 32 bytes, several while one is being replaced, the newest first.
/// </param>
/// <param name="Policy">
/// Setting <c>Policy</c>, or <c>policy.json</c> beside the app; without them the built-in one.
/// </param>
internal sealed record HomeSettings(
    WebOptions Web, string AdminKey, IReadOnlyList<StaffKey> Keys, IReadOnlyList<string> RevokedKeys, LinkKeyRing Links,
    PolicyFile Policy)
{
    private static readonly char[] Separators = [' ', ','];

    /// <exception cref="FormatException">A setting is missing or makes no sense; says which.</exception>
    public static HomeSettings Read(IConfiguration settings)
    {
        var section = settings.GetSection("Workflows");
        var web = new WebOptions { HomeKeepsKeys = true };
        section.Bind(web);
        if (!PublicAddress.CanBe(web.PublicAddress))
        {
            throw new FormatException(
                "Workflows__PublicAddress is an address such as https://deals.example.com, without a path.");
        }

        // The host alone speaks to the app, from this machine, and says who asked it
        // (docs/decisions/0051-whose-address-counts.md).
        web.KnownProxies.Add("127.0.0.1");
        web.KnownProxies.Add("::1");
        var adminKey = Required("AdminKey");
        var keys = StaffKey.ReadAll(section.GetSection("Keys"));
        ThrowIfShared(adminKey, keys);
        return new HomeSettings(
            web,
            adminKey,
            keys,
            PartsOf(section["RevokedKeys"] ?? ""),
            LinksOf(Required("LinkKeys")),
            PolicyFile.Read(section["Policy"], AppContext.BaseDirectory));

        string Required(string name) => section[name] is { Length: > 0 } value
            ? value : throw new FormatException($"Workflows__{name} is not set.");
    }

    /// <summary>
    /// A secret is one key: with two entries of it, the last one read would say what it opens, the admin's too.
    /// </summary>
    private static void ThrowIfShared(string adminKey, IReadOnlyList<StaffKey> keys)
    {
        var secrets = new HashSet<string>(StringComparer.Ordinal) { adminKey };
        if (keys.FirstOrDefault(key => !secrets.Add(key.Secret)) is { } shared)
        {
            throw new FormatException($"The key of {shared.Name} in Workflows__Keys has the secret of another key.");
        }
    }

    private static string[] PartsOf(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static LinkKeyRing LinksOf(string text)
    {
        var keys = new List<LinkKey>();
        foreach (var entry in PartsOf(text))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            var secret = new byte[entry.Length];
            if (colon < 1 || !Convert.TryFromBase64String(entry[(colon + 1)..], secret, out var length))
            {
                throw new FormatException("Workflows__LinkKeys is a list of id:base64.");
            }

            keys.Add(new LinkKey(entry[..colon], secret.AsMemory(0, length)));
        }

        return new LinkKeyRing(keys);
    }
}

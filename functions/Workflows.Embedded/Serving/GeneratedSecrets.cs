using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Embedded.Serving;

/// <summary>
/// Secrets for the sources that every home has, one for each scheme, and that settings say nothing of. A home never
/// takes unsigned webhooks: without a secret of yours it makes one and shows it once.
/// </summary>
internal static class GeneratedSecrets
{
    public const string Standard = "standard";
    public const string Alibaba = "alibaba";

    /// <summary>The sources of a home, and those whose secret was just made.</summary>
    public static (Dictionary<string, WebhookSettings> Sources, IReadOnlyList<string> Made) Complete(
        HomeFiles files, IReadOnlyDictionary<string, WebhookSettings> configured)
    {
        var kept = HomeFiles.Read<Dictionary<string, KeptSecret>>(files.Webhooks) ?? new(StringComparer.Ordinal);
        var sources = configured.ToDictionary(StringComparer.Ordinal);
        var made = new List<string>();
        foreach (var (name, make) in WebhookSchemes.Secrets)
        {
            var source = sources.GetValueOrDefault(name) ?? new WebhookSettings(null, [], null, null, []);
            if (source.Secrets.Count > 0)
            {
                continue;
            }

            if (!kept.TryGetValue(name, out var secret))
            {
                var (text, appKey) = make();
                kept[name] = secret = new KeptSecret(text, appKey);
                made.Add(name);
            }

            sources[name] = source with { Secrets = [secret.Secret], AppKey = source.AppKey ?? secret.AppKey };
        }

        if (made.Count > 0)
        {
            files.Write(files.Webhooks, kept);
        }

        return (sources, made);
    }

    private sealed record KeptSecret(string Secret, string? AppKey);
}

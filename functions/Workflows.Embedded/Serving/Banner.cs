using System.Globalization;
using System.Text;
using Workflows.Embedded.Mails;

namespace Workflows.Embedded.Serving;

/// <summary>What a start says: where everything is, and what is only ever shown once.</summary>
internal static class Banner
{
    public static string Of(Home home)
    {
        var settings = home.Settings;
        var text = new StringBuilder();
        Line("Console", home.Url.AbsoluteUri.TrimEnd('/'));
        Line("Database", settings.Database);
        Line("Policy", $"{home.Policy.Version}, {settings.PolicyFile ?? "built in"}");
        foreach (var (name, source) in home.Secrets.Webhooks.OrderBy(source => source.Key, StringComparer.Ordinal))
        {
            var isGiven = settings.Webhooks.TryGetValue(name, out var given) && given.Secrets.Count > 0;
            var secrets = !isGiven ? "signed with a secret made here"
                : source.Secrets.Count == 1
                    ? "secret from your settings"
                    : $"{source.Secrets.Count} secrets from your settings";
            Line("Webhook", $"/api/webhooks/{name}   {secrets}");
        }

        Line("Mail", home.Services.GetRequiredService<IMailTransport>().Name);
        ShowOnce(home, text);
        return text.AppendLine().ToString();

        void Line(string name, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-10} {value}");
    }

    private static void ShowOnce(Home home, StringBuilder text)
    {
        if (home.AdminKey is null && home.Secrets.MadeNow.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine("  Shown this once; keep it:");
        if (home.AdminKey is { } key)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {"Admin key",-26} {key.Secret}");
        }

        foreach (var name in home.Secrets.MadeNow)
        {
            var source = home.Secrets.Webhooks[name];
            text.AppendLine(CultureInfo.InvariantCulture, $"  {$"Webhook secret, {name}",-26} {source.Secrets[0]}");
            if (source.AppKey is { } appKey)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {$"Webhook app key, {name}",-26} {appKey}");
            }
        }
    }
}

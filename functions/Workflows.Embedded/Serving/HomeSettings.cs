using System.Globalization;
using System.Net;
using Workflows.Embedded.Commands;
using Workflows.Embedded.Mails;

namespace Workflows.Embedded.Serving;

/// <summary>How this home runs, checked.</summary>
/// <param name="Database">Full path of the SQLite file.</param>
/// <param name="Urls">Where it listens.</param>
/// <param name="PublicUrl">
/// How people reach it, for the links in mails; null is the first of <paramref name="Urls"/>.
/// </param>
/// <param name="PolicyFile">Null is the built-in policy.</param>
/// <param name="AdminKey">Null makes one at the first start.</param>
/// <param name="Webhooks">Sources that settings name, by name; others get a secret of their own.</param>
/// <param name="Smtp">Null shows mails in the console only.</param>
internal sealed record HomeSettings(
    string Database,
    IReadOnlyList<string> Urls,
    Uri? PublicUrl,
    string? PolicyFile,
    string? AdminKey,
    IReadOnlyDictionary<string, WebhookSettings> Webhooks,
    SmtpSettings? Smtp)
{
    public const string DatabaseSetting = "WORKFLOWS_DB";
    public const string UrlsSetting = "WORKFLOWS_URLS";
    public const string PolicySetting = "WORKFLOWS_POLICY";
    public const string PublicUrlSetting = "WORKFLOWS_PUBLIC_URL";
    public const string AdminKeySetting = "WORKFLOWS_ADMIN_KEY";
    public const string KnownProxiesSetting = "WORKFLOWS_KNOWN_PROXIES";

    /// <summary>
    /// Addresses of proxies in front of it, whose <c>X-Forwarded-For</c> is believed; none by default.
    /// </summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>How people reach it.</summary>
    public Uri PublicAddress => PublicUrl ?? new Uri(Reachable(Urls[0]));

    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <exception cref="RefusalException">Some setting makes no sense; every one that does not is named.</exception>
    public static HomeSettings From(Settings settings, string defaultDatabase)
    {
        var errors = new List<string>();
        var urls = (settings[UrlsSetting] ?? DefaultUrl).Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in urls.Where(url => !IsListenable(url)))
        {
            errors.Add($"{UrlsSetting}: '{url}' is no address to listen on, such as {DefaultUrl}.");
        }

        var read = new HomeSettings(
            Path.GetFullPath(settings[DatabaseSetting] ?? defaultDatabase),
            urls,
            PublicUrlOf(settings, errors),
            settings[PolicySetting],
            settings[AdminKeySetting],
            WebhookSettings.Read(settings, errors),
            SmtpSettings.Read(settings, errors))
        {
            KnownProxies = ProxiesOf(settings, errors),
        };
        if (errors.Count == 0 && read is { Smtp: { LeavesTheMachine: true } smtp, PublicAddress.IsLoopback: true })
        {
            errors.Add(
                $"{PublicUrlSetting} must say how people reach this home when {smtp.Host} sends its mails: their links "
                    + $"would lead to {read.PublicAddress}, which only this machine reaches.");
        }

        return errors.Count == 0 ? read : throw new RefusalException(ExitCode.Failed, errors);
    }

    /// <summary>The address by which a server is reached on this machine, wherever it listens.</summary>
    public static string Reachable(string url)
    {
        var uri = new UriBuilder(
            url.Replace(
                "://*", "://0.0.0.0",
                StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal));
        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            uri.Host = "127.0.0.1";
        }

        return uri.Uri.AbsoluteUri;
    }

    private static string[] ProxiesOf(Settings settings, List<string> errors)
    {
        var proxies = (settings[KnownProxiesSetting] ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        errors.AddRange(proxies.Where(proxy => !IPAddress.TryParse(proxy, out _)).Select(
            proxy => $"{KnownProxiesSetting}: '{proxy}' is no address of a proxy, such as 127.0.0.1."));
        return proxies;
    }

    private static bool IsListenable(string url) =>
        Uri.TryCreate(
            url.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal),
            UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/";

    private static Uri? PublicUrlOf(Settings settings, List<string> errors)
    {
        if (settings[PublicUrlSetting] is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && Workflows.Mails.PublicAddress.CanBe(uri))
        {
            return uri;
        }

        errors.Add(
            $"{PublicUrlSetting}: '{text}' is no address such as https://deals.example.com, without a path: this home "
                + "needs a host or a port of its own.");
        return null;
    }
}

/// <summary>One source of webhooks, as settings give it: <c>WORKFLOWS_WEBHOOK_{NAME}_{WHAT}</c>.</summary>
/// <param name="Scheme">Null is the source's own name.</param>
/// <param name="Secrets">Several while one is being replaced.</param>
/// <param name="MaxAge">Null is the scheme's own.</param>
internal sealed record WebhookSettings(
    string? Scheme, IReadOnlyList<string> Secrets, string? AppKey, TimeSpan? MaxAge, IReadOnlyList<string> InquiryTypes)
{
    private const string Prefix = "WORKFLOWS_WEBHOOK_";

    private static readonly string[] Kinds = ["SCHEME", "SECRETS", "APP_KEY", "MAX_AGE_MINUTES", "INQUIRY_TYPES"];

    public static Dictionary<string, WebhookSettings> Read(Settings settings, List<string> errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in settings.Names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var kind = Kinds.FirstOrDefault(kind => name.EndsWith("_" + kind, StringComparison.Ordinal));
            if (kind is null || name.Length <= Prefix.Length + kind.Length + 1)
            {
                errors.Add($"{name} is no setting of a webhook; it ends with one of {string.Join(", ", Kinds)}.");
            }
            else
            {
                names.Add(name[Prefix.Length..^(kind.Length + 1)]);
            }
        }

        return names.ToDictionary(SourceOf, name => Of(settings, Prefix + name + "_", errors), StringComparer.Ordinal);
    }

    private static string SourceOf(string name) => name.ToLowerInvariant().Replace('_', '-');

    private static WebhookSettings Of(Settings settings, string prefix, List<string> errors)
    {
        TimeSpan? maxAge = null;
        if (settings[prefix + "MAX_AGE_MINUTES"] is { } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                && minutes is > 0 and <= 44_640)
            {
                maxAge = TimeSpan.FromMinutes(minutes);
            }
            else
            {
                errors.Add($"{prefix}MAX_AGE_MINUTES is a whole number of minutes, 1 to 44640.");
            }
        }

        return new WebhookSettings(
            settings[prefix + "SCHEME"],
            ListOf(settings[prefix + "SECRETS"]),
            settings[prefix + "APP_KEY"],
            maxAge,
            ListOf(settings[prefix + "INQUIRY_TYPES"]));
    }

    private static string[] ListOf(string? text) =>
        text?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [];
}

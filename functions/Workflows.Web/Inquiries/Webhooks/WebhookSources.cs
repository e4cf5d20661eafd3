namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>The sources that webhooks are taken from, checked at start: a source never runs unsigned.</summary>
internal sealed class WebhookSources
{
    private readonly Dictionary<string, WebhookSource> _sources = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">A source's settings are not usable; says which and why.</exception>
    public WebhookSources(WebhookOptions options, IEnumerable<IWebhookAdapter> adapters)
    {
        var schemes = adapters.ToDictionary(adapter => adapter.Scheme, StringComparer.Ordinal);
        foreach (var (name, source) in options.Sources)
        {
            var scheme = source.Scheme.Length == 0 ? name : source.Scheme;
            if (name.Length is 0 or > 40
                || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                throw new FormatException("A webhook source's name is 1 to 40 small letters, digits and dashes.");
            }

            if (!schemes.TryGetValue(scheme, out var adapter))
            {
                throw new FormatException(
                    $"Webhook source '{name}': the scheme must be one of {string.Join(", ", schemes.Keys)}.");
            }

            if (source.Secrets.Count == 0)
            {
                throw new FormatException($"Webhook source '{name}' has no secret.");
            }

            _sources.Add(name, new WebhookSource(
                name, adapter, Decode(name, adapter, source), source.AppKey, source.MaxAge,
                [.. InquiryTypes(source, adapter)]));
        }
    }

    /// <summary>Every source.</summary>
    public IReadOnlyCollection<WebhookSource> All => _sources.Values;

    /// <summary>A source by its name in the address, or null.</summary>
    public WebhookSource? Find(string name) => _sources.GetValueOrDefault(name);

    private static IEnumerable<string> InquiryTypes(WebhookSourceOptions source, IWebhookAdapter adapter) =>
        source.InquiryTypes.Count > 0 ? source.InquiryTypes : adapter.InquiryTypes;

    private static byte[][] Decode(string name, IWebhookAdapter adapter, WebhookSourceOptions source)
    {
        try
        {
            return [.. source.Secrets.Select(adapter.DecodeSecret)];
        }
        catch (FormatException exception)
        {
            throw new FormatException(
                $"Webhook source '{name}' has a secret that is not usable: {exception.Message}", exception);
        }
    }
}

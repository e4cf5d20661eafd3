namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>Where webhooks may come from; settings section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>By the name in the address <c>/api/webhooks/{name}</c>: small letters, digits and dashes.</summary>
    public Dictionary<string, WebhookSourceOptions> Sources { get; } = new(StringComparer.Ordinal);
}

/// <summary>Settings of one source.</summary>
public sealed class WebhookSourceOptions
{
    /// <summary>
    /// The <see cref="IWebhookAdapter.Scheme"/> of an adapter, such as <c>standard</c>. Empty is the source's own name.
    /// </summary>
    public string Scheme { get; set; } = "";

    /// <summary>Good secrets; several while one is being replaced. A source without one takes nothing.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>The application's key, for schemes that sign it.</summary>
    public string AppKey { get; set; } = "";

    /// <summary>How old a signed time may be; null is the scheme's own: 5 minutes, or what its retries need.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Which message types are inquiries, for platforms that number theirs.</summary>
    public IList<string> InquiryTypes { get; } = [];
}

/// <summary>One source, its settings checked.</summary>
/// <param name="Name">As in the address; also the platform of its inquiries.</param>
internal sealed record WebhookSource(
    string Name, IWebhookAdapter Adapter, IReadOnlyList<byte[]> Secrets, string AppKey, TimeSpan? MaxAge,
    IReadOnlyList<string> InquiryTypes);

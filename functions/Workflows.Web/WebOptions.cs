using Workflows.Web.Hosting.Security;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web;

/// <summary>What a home sets for the web layer.</summary>
public sealed class WebOptions
{
    /// <summary>
    /// Where people reach this home, for links, problem types and cookies. A home on TLS says https here.
    /// </summary>
    public Uri PublicAddress { get; set; } = new("http://127.0.0.1:5080");

    /// <summary>
    /// Directory for the keys that sign sessions and forms; made if it is not there. Null keeps them in memory.
    /// </summary>
    public string? KeyDirectory { get; set; }

    /// <summary>
    /// The home itself configures for Data Protection where those keys are, for it has several processes.
    /// </summary>
    public bool HomeKeepsKeys { get; set; }

    /// <summary>
    /// Addresses of proxies in front of us: their <c>X-Forwarded-For</c> says who asks, for the limits per address.
    /// Empty by default: nobody's is believed, not even this machine's own.
    /// </summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>Where webhooks may come from.</summary>
    public WebhookOptions Webhooks { get; } = new();

    /// <summary>How much one client may ask.</summary>
    public RateLimitOptions RateLimits { get; } = new();
}

using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>The schemes of webhooks that this build knows: every adapter of the assembly.</summary>
public static class WebhookSchemes
{
    // The standard scheme first, which is the one to recommend.
    private static readonly Type[] Adapters =
    [
        .. typeof(WebhookSchemes).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IWebhookAdapter)))
            .OrderBy(type => type != typeof(StandardWebhooks))
            .ThenBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>By the name that settings choose it by: makes a secret for a source that has none.</summary>
    public static IReadOnlyDictionary<string, Func<NewWebhookSecret>> Secrets { get; } = Adapters
        .Select(type => (IWebhookAdapter)Activator.CreateInstance(type)!)
        .ToDictionary(adapter => adapter.Scheme, adapter => (Func<NewWebhookSecret>)adapter.MakeSecret);

    internal static void Add(IServiceCollection services)
    {
        foreach (var adapter in Adapters)
        {
            services.AddSingleton(typeof(IWebhookAdapter), adapter);
        }
    }
}

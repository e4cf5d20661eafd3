using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Workflows.Azure.Durable;
using Workflows.Azure.Inbound;
using Workflows.Azure.Mail;
using Workflows.Azure.Storage;
using Workflows.Effects;
using Workflows.Platform;
using Workflows.Web;
using Workflows.Web.Inquiries.Webhooks;
using Workflows.Web.Operations;

namespace Workflows.Azure.Serving;

/// <summary>Everything the app is made of.</summary>
internal static class HomeServices
{
    /// <exception cref="FormatException">A setting is missing or makes no sense; says which.</exception>
    public static IServiceCollection AddWorkflowsHome(this IServiceCollection services, IConfiguration configuration)
    {
        VaultReferences.ThrowIfUnread(configuration);
        var settings = HomeSettings.Read(configuration);
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings.Links);
        services.AddStorage(configuration);
        services.AddMail(configuration, settings.Web.PublicAddress);
        services.AddDurable();

        // An effect comes by way of queues here, and each look for it is a request.
        services.AddSingleton(new EffectWait(TimeProvider.System, TimeSpan.FromMilliseconds(100)));
        services.AddWorkflowsBusiness(settings.Policy.Policy);
        services.AddSingleton<InboundQueue>();
        services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<InboundQueue>());
        services.AddSingleton<IInquiryIntake, QueuedIntake>();
        services.AddWorkflowsWeb(settings.Web);
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = new SessionKeys(provider.GetRequiredService<ITableStore>())));
        services.AddSingleton<WebPipeline>();
        services.AddHostedService<HomeOpening>();
        return services;
    }
}

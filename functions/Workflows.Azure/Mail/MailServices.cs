using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SendGrid;
using Workflows.Azure.Storage;
using Workflows.Platform;
using Workflows.Web;

namespace Workflows.Azure.Mail;

/// <summary>Mail by queue and SendGrid.</summary>
internal static class MailServices
{
    // Shorter than MailSender.LongestTry, so that a try which is under way is never taken for one that died.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds the outbox, the sender, the sweep and the event webhook. Asks for an <see cref="ITableStore"/> and a clock.</summary>
    /// <exception cref="FormatException">A setting is missing or makes no sense.</exception>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration settings)
    {
        var sendGrid = SendGridSettings.Read(settings);
        services.AddSingleton(sendGrid);
        services.AddSingleton<ISendGridClient>(_ => NewClient(sendGrid));
        services.AddSingleton(provider => new MailQueue(provider.GetRequiredService<StorageAccount>().Queues));
        services.AddSingleton<MailBook>();
        services.AddSingleton<IMailOutbox, AzureMailOutbox>();
        services.AddSingleton<SendGridTransport>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<MailSweep>();
        services.AddSingleton<MailEvents>();
        services.AddSingleton<IHomeRoutes, MailEventRoutes>();
        return services;
    }

    // A client of our own, without the SDK's retry handler; connections are renewed so that DNS changes are seen.
    private static SendGridClient NewClient(SendGridSettings settings) => new(
        new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience },
        new SendGridClientOptions { ApiKey = settings.ApiKey, Host = settings.Host });
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SendGrid;
using Workflows.Azure.Storage;
using Workflows.Platform;
using Workflows.Web;
using Workflows.Web.Operations;

namespace Workflows.Azure.Mail;

/// <summary>Mail by queue and SendGrid.</summary>
internal static class MailServices
{
    /// <summary>
    /// Adds the outbox, the sender, the sweep and the event webhook. Asks for an <see cref="ITableStore"/> and a clock.
    /// </summary>
    /// <exception cref="FormatException">A setting is missing or makes no sense.</exception>
    public static IServiceCollection AddMail(
        this IServiceCollection services, IConfiguration settings, Uri publicAddress)
    {
        if (SendGridSettings.Read(settings) is { } sendGrid)
        {
            if (sendGrid.LeavesTheMachine && publicAddress.IsLoopback)
            {
                throw new FormatException(
                    $"Workflows__PublicAddress is {publicAddress}, where the links of mails that SendGrid delivers lead "
                        + "nobody. Set it, or SendGrid__consoleOnly.");
            }

            services.AddSingleton(sendGrid);
            services.AddSingleton<ISendGridClient>(_ => NewClient(sendGrid));
            services.AddSingleton<IMailTransport, SendGridTransport>();
            services.AddSingleton<MailEvents>();
            services.AddSingleton<IHomeRoutes, MailEventRoutes>();
        }
        else
        {
            services.AddSingleton<IMailTransport, MailView>();
        }

        services.AddSingleton(provider => new MailQueue(provider.GetRequiredService<StorageAccount>().Queues));
        services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<MailQueue>());
        services.AddSingleton<MailRepository>();
        services.AddSingleton<AzureMailOutbox>();
        services.AddSingleton<IMailOutbox>(provider => provider.GetRequiredService<AzureMailOutbox>());
        services.AddSingleton<IMailRetries>(provider => provider.GetRequiredService<AzureMailOutbox>());
        services.AddSingleton<MailSender>();
        services.AddSingleton<MailSweep>();
        return services;
    }

    private static SendGridClient NewClient(SendGridSettings settings) => new(
        SendGridHttpClient.Open(), new SendGridClientOptions { ApiKey = settings.ApiKey, Host = settings.Host });
}

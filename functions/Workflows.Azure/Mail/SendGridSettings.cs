using Microsoft.Extensions.Configuration;
using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>Settings section <c>SendGrid</c>.</summary>
/// <param name="Host">Where the API is: <c>https://api.eu.sendgrid.com</c> keeps mails in the EU.</param>
/// <param name="From">The sender, verified at SendGrid.</param>
/// <param name="IsSandbox">SendGrid checks the mails and delivers none.</param>
/// <param name="EventKey">The event webhook's public key, base64 as SendGrid shows it; null takes no events.</param>
internal sealed record SendGridSettings(string ApiKey, string Host, MailParty From, bool IsSandbox, string? EventKey)
{
    private const string GlobalHost = "https://api.sendgrid.com";

    /// <exception cref="FormatException">A setting is missing or makes no sense; says which.</exception>
    public static SendGridSettings Read(IConfiguration settings)
    {
        var section = settings.GetSection("SendGrid");
        return new SendGridSettings(
            Required("apiKey"),
            section["host"] is { Length: > 0 } host ? host : GlobalHost,
            new MailParty(Required("from"), section["fromName"] ?? ""),
            section["sandbox"] is { Length: > 0 } sandbox && (bool.TryParse(sandbox, out var isSandbox)
                ? isSandbox
                : throw new FormatException("SendGrid__sandbox is true or false.")),
            section["eventKey"] is { Length: > 0 } key ? key : null);

        string Required(string name) => section[name] is { Length: > 0 } value
            ? value
            : throw new FormatException($"SendGrid__{name} is not set.");
    }
}

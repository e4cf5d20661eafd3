using System.Security.Cryptography;
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

    /// <summary>Whether mails are delivered: neither checked only, nor taken by a server on this machine.</summary>
    public bool LeavesTheMachine => !IsSandbox && !new Uri(Host).IsLoopback;

    /// <returns>Null when <c>SendGrid__consoleOnly</c> says that no mail leaves the house.</returns>
    /// <exception cref="FormatException">A setting is missing or makes no sense; says which.</exception>
    public static SendGridSettings? Read(IConfiguration settings)
    {
        var section = settings.GetSection("SendGrid");
        return Flag("consoleOnly") ? null : new SendGridSettings(
            Required("apiKey"),
            section["host"] is { Length: > 0 } host ? host : GlobalHost,
            new MailParty(Required("from"), section["fromName"] ?? ""),
            Flag("sandbox"),
            EventKeyOf(section["eventKey"]));

        string Required(string name) => section[name] is { Length: > 0 } value
            ? value
            : throw new FormatException($"SendGrid__{name} is not set.");

        bool Flag(string name) => section[name] is { Length: > 0 } value
            && (
                bool.TryParse(value, out var isSet) ? isSet : throw new FormatException(
                    $"SendGrid__{name} is true or false."));
    }

    // A key that cannot be read would let the app start and then answer every event with a failure.
    private static string? EventKeyOf(string? key)
    {
        if (key is not { Length: > 0 })
        {
            return null;
        }

        try
        {
            using var read = MailEventSignature.ReadKey(key);
            return key;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            throw new FormatException(
                "SendGrid__eventKey is no public key: it is base64 on one line, as SendGrid shows it.", exception);
        }
    }
}

using System.Globalization;
using System.Net;
using Workflows.Embedded.Serving;

namespace Workflows.Embedded.Mails;

/// <summary>The mail server that sends for us.</summary>
/// <param name="From">Sender of every mail.</param>
/// <param name="Security">How the connection is protected.</param>
internal sealed record SmtpSettings(
    string Host, int Port, string? User, string? Password, string From, SmtpSecurity Security)
{
    /// <summary>Whether the server is on another machine, from where our own loopback address leads nowhere.</summary>
    public bool LeavesTheMachine =>
        !Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        && !(IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    private const string HostSetting = "WORKFLOWS_SMTP_HOST";
    private const string PortSetting = "WORKFLOWS_SMTP_PORT";
    private const string UserSetting = "WORKFLOWS_SMTP_USER";
    private const string PasswordSetting = "WORKFLOWS_SMTP_PASSWORD";
    private const string FromSetting = "WORKFLOWS_SMTP_FROM";
    private const string SecuritySetting = "WORKFLOWS_SMTP_TLS";

    /// <summary>Null when no host is set.</summary>
    public static SmtpSettings? Read(Settings settings, List<string> errors)
    {
        if (settings[HostSetting] is not { } host)
        {
            return null;
        }

        var port = 587;
        if (settings[PortSetting] is { } portText
            && !(
                int.TryParse(
                    portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65_536))
        {
            errors.Add($"{PortSetting}: '{portText}' is no port.");
        }

        if (settings[FromSetting] is not { } from
            || !from.Contains('@', StringComparison.Ordinal)
            || from.Any(c => c is <= ' ' or '<' or '>'))
        {
            errors.Add($"{FromSetting} must be the sender's address when {HostSetting} is set.");
        }

        if (settings[UserSetting] is null != settings[PasswordSetting] is null)
        {
            errors.Add($"{UserSetting} and {PasswordSetting} go together.");
        }

        var security = SmtpSecurity.StartTls;
        if (settings[SecuritySetting] is { } securityText
            && !(Enum.TryParse(securityText, ignoreCase: true, out security) && Enum.IsDefined(security)))
        {
            errors.Add($"{SecuritySetting} is one of starttls, tls, none.");
        }

        if (security == SmtpSecurity.None && settings[PasswordSetting] is not null)
        {
            errors.Add($"{SecuritySetting} is none: a password is not sent over an open line.");
        }

        return new SmtpSettings(
            host, port, settings[UserSetting], settings[PasswordSetting], settings[FromSetting] ?? "", security);
    }
}

/// <summary>How the line to the mail server is protected.</summary>
internal enum SmtpSecurity
{
    /// <summary>Upgraded before anything is said; a server that cannot is refused.</summary>
    StartTls,

    /// <summary>From the first byte, as on port 465.</summary>
    Tls,

    /// <summary>Not at all: for a server on this machine.</summary>
    None,
}

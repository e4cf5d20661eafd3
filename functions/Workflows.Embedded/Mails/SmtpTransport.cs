using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Workflows.Platform;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Workflows.Embedded.Mails;

/// <summary>
/// Hands mails to a mail server. What matters is where a try broke: before the end of the message nothing was sent,
/// after it the server may have taken the mail.
/// </summary>
internal sealed class SmtpTransport(SmtpSettings settings) : IMailTransport
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public string Name => $"sent by {settings.Host}:{settings.Port} as {settings.From}";

    public bool MayRepeat => false;

    public async Task<DeliveryOutcome> SendAsync(OutgoingMail mail, DateTimeOffset now, CancellationToken cancellation)
    {
        if (LetterWriter.MailboxOf(mail.To) is not { } recipient)
        {
            return new DeliveryOutcome(DeliveryVerdict.Permanent, "The recipient's address is none that mail goes to.");
        }

        using var late = new CancellationTokenSource(Timeout, TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using var client = new SmtpClient();
        var handover = new Handover();
        try
        {
            await OpenAsync(client, limit.Token);
            if (recipient.LocalPart.Any(c => c > '~') && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            {
                return new DeliveryOutcome(
                    DeliveryVerdict.Permanent,
                    $"{settings.Host} takes no address with such letters before the @ (SMTPUTF8).");
            }

            await client.SendAsync(
                LetterWriter.Write(mail, recipient, settings.From, now), limit.Token, handover);
        }
        catch (SmtpCommandException refusal)
        {
            return SmtpRefusal.Of(refusal);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return new DeliveryOutcome(
                handover.IsWhole ? DeliveryVerdict.Unknown : DeliveryVerdict.Temporary, ReasonOf(exception));
        }

        await LeaveAsync(client);
        return DeliveryOutcome.Sent;
    }

    private async Task OpenAsync(SmtpClient client, CancellationToken cancellation)
    {
        // A list of revoked certificates may be out of reach from here; the chain and the name are checked.
        client.CheckCertificateRevocation = false;
        var security = settings.Security switch
        {
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(settings.Host, settings.Port, security, cancellation);
        if (settings is { User: { } user, Password: { } password })
        {
            await client.AuthenticateAsync(user, password, cancellation);
        }
    }

    private string ReasonOf(Exception exception) => exception switch
    {
        OperationCanceledException => $"{settings.Host} did not answer in time.",
        AuthenticationException => $"{settings.Host} refused the user or the password: {exception.Message}",
        _ => exception.Message,
    };

    private static bool IsExpected(Exception exception) => exception is IOException or SocketException
        or OperationCanceledException or AuthenticationException or SslHandshakeException or SaslException
        or SmtpProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException
        or NotSupportedException;

    // The server has the mail: that it closes the line otherwise than it should changes nothing.
    private static async Task LeaveAsync(SmtpClient client)
    {
        try
        {
            using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
            await client.DisconnectAsync(quit: true, brief.Token);
        }
        catch (Exception exception) when (IsExpected(exception) || exception is SmtpCommandException)
        {
        }
    }

    /// <summary>Whether all of a message was handed over, so that its end may have reached the server.</summary>
    private sealed class Handover : ITransferProgress
    {
        public bool IsWhole { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => IsWhole = bytesTransferred >= totalSize;

        public void Report(long bytesTransferred) => IsWhole = true;
    }
}

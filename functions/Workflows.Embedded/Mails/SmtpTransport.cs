using System.Net.Sockets;
using System.Security.Authentication;
using Workflows.Platform;

namespace Workflows.Embedded.Mails;

/// <summary>
/// Hands mails to a mail server. A small client of our own, because what matters is where a try broke: before the final
/// dot nothing was sent, after it the server may have taken the mail.
/// </summary>
internal sealed class SmtpTransport(SmtpSettings settings) : IMailTransport
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public string Name => $"sent by {settings.Host}:{settings.Port} as {settings.From}";

    public bool MayRepeat => false;

    public async Task<DeliveryOutcome> SendAsync(OutgoingMail mail, DateTimeOffset now, CancellationToken cancellation)
    {
        if (MimeMessage.AddressOf(mail.To.Address) is not { } recipient)
        {
            return new DeliveryOutcome(DeliveryVerdict.Permanent, "The recipient's address cannot be written in SMTP.");
        }

        using var late = new CancellationTokenSource(Timeout, TimeProvider.System);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var isHandedOver = false;
        try
        {
            await using var session = await SmtpSession.OpenAsync(settings, limit.Token);
            await session.AddressAsync(settings.From, recipient, limit.Token);
            await session.BeginDataAsync(limit.Token);
            await session.WriteAsync(MimeMessage.Write(mail, settings.From, now), limit.Token);
            isHandedOver = true;
            await session.EndDataAsync(limit.Token);
            return DeliveryOutcome.Sent;
        }
        catch (SmtpReplyException reply)
        {
            return new DeliveryOutcome(
                reply.IsPermanent ? DeliveryVerdict.Permanent : DeliveryVerdict.Temporary, reply.Message);
        }
        catch (Exception exception) when (
            exception is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            var what = exception is OperationCanceledException
                ? $"{settings.Host} did not answer in time."
                : exception.Message;
            return new DeliveryOutcome(isHandedOver ? DeliveryVerdict.Unknown : DeliveryVerdict.Temporary, what);
        }
    }
}

using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>
/// Sends a mail for its message. A message may come twice or late: what was sent, or may have been sent, is not sent
/// again. That a try begins is on record before it begins.
/// </summary>
internal sealed class MailSender(
    MailRepository repository, MailQueue queue, IMailSecrets secrets, IMailTransport transport, TimeProvider clock,
    ILogger<MailSender> log)
{
    /// <summary>Longer than any try takes: one that began before that has died.</summary>
    public static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(2);

    private const string Interrupted = "The process ended while this mail was being delivered.";

    /// <summary>Handles one message of the queue. An exception lets the queue bring it again.</summary>
    public async Task HandleAsync(string mailId, CancellationToken stopping)
    {
        var mail = await repository.FindAsync(mailId, stopping);
        if (mail is null)
        {
            Log.MailMissing(log, mailId);
            return;
        }

        var now = clock.GetUtcNow();
        switch (mail.State)
        {
            case MailState.Queued when now < mail.NotBefore:
                await queue.PutAsync(mailId, mail.NotBefore - now, stopping);
                break;
            case MailState.Queued:
                await TryAsync(mail, now, stopping);
                break;
            case MailState.Sending when now - mail.ChangedAt < LongestTry:
                // Another process sends it; look again when its try must be over.
                await queue.PutAsync(mailId, LongestTry, stopping);
                break;
            case MailState.Sending:
                await CloseAsync(mail, MailState.Unknown, Interrupted, stopping);
                break;
            default:
                await repository.SettleAsync(mail, MailStatus.Queued, stopping);
                break;
        }
    }

    private async Task TryAsync(MailItem mail, DateTimeOffset now, CancellationToken stopping)
    {
        // Before the try begins: when it fails here, the mail was not sent, and the queue brings it again.
        var ready = await secrets.PutInAsync(mail.Mail, stopping);
        var begun = await repository.TryChangeAsync(
            mail, mail with { State = MailState.Sending, ChangedAt = now, Attempts = mail.Attempts + 1 }, stopping);
        if (begun is null)
        {
            // Another message for this mail was faster: see what it made of it.
            await HandleAsync(mail.Mail.Id, stopping);
            return;
        }

        // From here on to the end even while stopping: a try that is cut off counts as perhaps sent.
        var delivery = await transport.SendAsync(ready, CancellationToken.None);
        await RecordAsync(begun, delivery);
    }

    private async Task RecordAsync(MailItem mail, Delivery delivery)
    {
        switch (delivery.Verdict)
        {
            case DeliveryVerdict.Sent:
                await CloseAsync(
                    mail with { ProviderId = delivery.ProviderId }, MailState.Sent, "", CancellationToken.None);
                break;
            case DeliveryVerdict.Temporary when MailRetrySchedule.After(mail.Attempts) is { } wait:
                await PutOffAsync(mail, delivery.RetryAfter > wait ? delivery.RetryAfter.Value : wait, delivery.Reason);
                break;
            case DeliveryVerdict.Unknown:
                await CloseAsync(mail, MailState.Unknown, delivery.Reason, CancellationToken.None);
                break;
            default:
                await CloseAsync(mail, MailState.Failed, delivery.Reason, CancellationToken.None);
                break;
        }
    }

    private async Task PutOffAsync(MailItem mail, TimeSpan wait, string reason)
    {
        Log.MailPutOff(log, mail.Mail.Id, mail.Attempts, wait, reason);
        var now = clock.GetUtcNow();
        var later = mail with { State = MailState.Queued, ChangedAt = now, NotBefore = now + wait, Error = reason };
        if (await repository.TryChangeAsync(mail, later, CancellationToken.None) is not null)
        {
            await queue.PutAsync(mail.Mail.Id, wait, CancellationToken.None);
        }
    }

    private async Task CloseAsync(MailItem mail, MailState state, string error, CancellationToken cancellation)
    {
        if (state == MailState.Failed)
        {
            Log.MailFailed(log, mail.Mail.Id, mail.Attempts, error);
        }
        else if (state == MailState.Unknown)
        {
            Log.MailUnknown(log, mail.Mail.Id, error);
        }

        var now = clock.GetUtcNow();
        var closed = mail with
        {
            State = state,
            ChangedAt = now,
            Error = error,
            SentAt = state == MailState.Sent ? now : mail.SentAt,
        };

        // When it was changed meanwhile, an event of the provider's says more than the try could.
        await repository.TryChangeAsync(mail, closed, cancellation);
    }
}

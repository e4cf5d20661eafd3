using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>
/// Applies SendGrid's events to the mails: one that may have gone out is settled by the first event that shows SendGrid
/// had it, and one that bounced later has failed. Events come twice, late and in any order; each counts once, because
/// it is kept beside its mail in the commit that acts on it.
/// </summary>
internal sealed class MailEvents(MailRepository repository, ILogger<MailEvents> log)
{
    private const int Tries = 5;

    // Thousands of events come in one request, which the platform cuts off after 230 s.
    private const int MailsAtOnce = 16;

    /// <summary>
    /// Applies events, those of one mail in their order. When it breaks off, a repetition applies the rest.
    /// </summary>
    public Task ApplyAsync(IEnumerable<MailEvent> events, CancellationToken cancellation) => Parallel.ForEachAsync(
        events.Where(happened => happened.ProvesAcceptance)
            .GroupBy(happened => happened.MailId, StringComparer.Ordinal),
        new ParallelOptions { MaxDegreeOfParallelism = MailsAtOnce, CancellationToken = cancellation },
        async (ofMail, stop) =>
        {
            var mail = await repository.FindAsync(ofMail.Key, stop);
            foreach (var happened in ofMail)
            {
                if (mail is null)
                {
                    return;
                }

                mail = await ApplyAsync(mail, happened, stop);
            }
        });

    /// <returns>The mail as it is now; null when it is gone.</returns>
    private async Task<MailItem?> ApplyAsync(MailItem mail, MailEvent happened, CancellationToken cancellation)
    {
        // Lost races are with the sender of the same mail or another delivery of the same events.
        for (var tries = 0; tries < Tries; tries++)
        {
            if (After(mail, happened) is not { } after)
            {
                return await ListAsync(mail, happened, cancellation);
            }

            var row = new TableRow(mail.Key, "event|" + MailItem.KeyOf(happened.EventId))
            {
                ["Kind"] = happened.Kind,
                ["Reason"] = happened.Reason,
                ["At"] = happened.At,
            };
            if (await repository.TryChangeAsync(mail, after, cancellation, TableOperation.Insert(row)) is { } changed)
            {
                LogRefusal(mail, happened);
                return changed;
            }

            var wasApplied = await repository.IsThereAsync(row, cancellation);
            var now = await repository.FindAsync(happened.MailId, cancellation);
            if (now is null)
            {
                return null;
            }

            if (wasApplied)
            {
                return await ListAsync(now, happened, cancellation);
            }

            mail = now;
        }

        throw new HomeUnavailableException("The mail is being changed all the time.", TimeSpan.FromSeconds(5));
    }

    /// <summary>
    /// Sees to it that a mail which a refusal made fail is on the list of those, for a repetition may be due to that
    /// listing having broken off: no sweep looks through mails that were sent.
    /// </summary>
    private async Task<MailItem> ListAsync(MailItem mail, MailEvent happened, CancellationToken cancellation)
    {
        if (happened.IsRefusal && mail.State == MailState.Failed)
        {
            await repository.SettleAsync(mail, MailStatus.Sent, cancellation);
        }

        return mail;
    }

    /// <summary>The mail after an event; null when it changes nothing.</summary>
    internal static MailItem? After(MailItem mail, MailEvent happened)
    {
        if (happened.IsRefusal)
        {
            // A refusal that is older than what is known has been overtaken: the mail was delivered after all.
            return mail.State == MailState.Failed || (mail.State == MailState.Sent && happened.At < mail.DeliveredAt)
                ? null
                : mail with
                {
                    State = MailState.Failed,
                    ChangedAt = happened.At,
                    Error = $"{happened.Kind}: {happened.Reason}",
                };
        }

        var isDelivery = happened.Kind == "delivered";
        return mail.State switch
        {
            MailState.Sent when isDelivery && mail.DeliveredAt is null => mail with { DeliveredAt = happened.At },
            MailState.Sent => null,
            MailState.Failed when !isDelivery || happened.At < mail.ChangedAt => null,
            _ => mail with
            {
                State = MailState.Sent,
                ChangedAt = happened.At,
                SentAt = mail.SentAt ?? happened.At,
                DeliveredAt = isDelivery ? happened.At : null,
                Error = "",
            },
        };
    }

    private void LogRefusal(MailItem mail, MailEvent happened)
    {
        if (happened.IsRefusal)
        {
            // The reason is kept with the mail; it commonly holds the recipient's address, so that no log gets it.
            Log.MailRefusedLater(log, happened.Kind, mail.Mail.Id);
        }
    }
}

using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>The outbox: a row first, inserted once, then a message for the one who sends.</summary>
internal sealed class AzureMailOutbox(MailRepository repository, MailQueue queue, TimeProvider clock)
    : IMailOutbox, IMailRetries
{
    public async Task EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default)
    {
        mail.ThrowIfInvalid();
        var taken = await repository.TakeAsync(MailItem.New(mail, clock.GetUtcNow()), cancellation);

        // One that was taken before and not tried yet may lack its message; a second message does no harm.
        if (taken is { State: MailState.Queued, Attempts: 0 })
        {
            await queue.PutAsync(mail.Id, TimeSpan.Zero, cancellation);
        }
    }

    public async Task<MailRecord?> GetAsync(string mailId, CancellationToken cancellation = default) =>
        (await repository.FindAsync(mailId, cancellation))?.Record;

    public async Task<Page<MailRecord>> QueryAsync(MailQuery query, CancellationToken cancellation = default)
    {
        var (mails, continuation) = await repository.ReadAsync(query, cancellation);
        return new Page<MailRecord>(
            [.. mails
                .Where(mail => query.Status is null || mail.Status == query.Status)
                .Where(mail => query.About is null || mail.Mail.About == query.About)
                .Select(mail => mail.Record)],
            continuation);
    }

    public async Task<bool> SendAgainAsync(string mailId, CancellationToken cancellation = default)
    {
        if (await repository.FindAsync(mailId, cancellation)
            is not { State: MailState.Failed or MailState.Unknown } mail)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var queued = mail with { State = MailState.Queued, ChangedAt = now, NotBefore = now, Attempts = 0, Error = "" };
        if (await repository.TryChangeAsync(mail, queued, cancellation) is null)
        {
            return false;
        }

        // When the process dies here, the sweep finds the mail waiting without a message.
        await queue.PutAsync(mailId, TimeSpan.Zero, cancellation);
        return true;
    }
}
